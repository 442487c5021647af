import type { Pattern } from '../pattern';
import { batchHandler } from './batch-handler';
import { batches } from './batches';
import { exactlyOnce } from './exactly-once';
import { keyOrder } from './key-order';
import { retries } from './retries';
import { send } from './send';
import { transactions } from './transactions';

/** All patterns whose guarantees must hold. */
export const patterns: readonly Pattern[] = [send, batches, keyOrder, batchHandler, retries, exactlyOnce, transactions];
