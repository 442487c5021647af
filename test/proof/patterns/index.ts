import type { Pattern } from '../pattern';
import { batchHandler } from './batch-handler';
import { batches } from './batches';
import { exactlyOnce } from './exactly-once';
import { lanes } from './lanes';
import { retries } from './retries';
import { send } from './send';
import { transactions } from './transactions';

/** All that have to keep their promises. */
export const patterns: readonly Pattern[] = [send, batches, lanes, batchHandler, retries, exactlyOnce, transactions];
