import { eventSender } from './producer';
import { writing } from './writing';

/** Sends record by record with a short linger time. A short delivery timeout causes unknown outcomes. */
export const send = writing({
  name: 'send',
  topic: 'platform-smoke',
  burst: 5,
  pauseMs: 10,
  open: ({ world, dice }) => {
    const deliveryTimeoutMs = dice.pick([2_000, 10_000, 120_000]);
    return Promise.resolve(
      eventSender('platform-smoke', {
        connection: world.connection,
        lingerMs: 0,
        compression: 'none',
        deliveryTimeoutMs,
      }),
    );
  },
});
