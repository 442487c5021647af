import { eventSender } from './producer';
import { writing } from './writing';

/** Many records at once, in compressed batches. */
export const batches = writing({
  name: 'batches',
  topic: 'page-views',
  burst: 200,
  pauseMs: 200,
  open: ({ world, dice }) => {
    const compression = dice.pick(['gzip', 'snappy', 'lz4'] as const);
    const batchRecords = dice.pick([20, 200, 2_000]);
    return Promise.resolve(
      eventSender('page-views', {
        connection: world.connection,
        compression,
        batchRecords,
      }),
    );
  },
});
