import { eventSender } from './producer';
import { writing } from './writing';

/** Record by record, with little time to wait for others; a short delivery timeout makes outcomes that are unknown. */
export const send = writing({
  name: 'send',
  topic: 'platform-smoke',
  burst: 5,
  pauseMs: 10,
  open: ({ world, dice }) => {
    const deliveryTimeoutMs = dice.pick([2_000, 10_000, 120_000]);
    return Promise.resolve(
      eventSender('platform-smoke', {
        bootstrap: world.bootstrap,
        lingerMs: 0,
        compression: 'none',
        deliveryTimeoutMs,
      }),
    );
  },
});
