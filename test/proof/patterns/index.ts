import type { Pattern } from '../pattern';
import { batches } from './batches';
import { lanes } from './lanes';
import { send } from './send';
import { transactions } from './transactions';

/** All that have to keep their promises. */
export const patterns: readonly Pattern[] = [send, batches, lanes, transactions];
