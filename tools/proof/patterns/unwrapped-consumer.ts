import { consuming } from './consuming';
import { checkKeyOrder } from './key-order';

/**
 * A faulty pattern that the harness must detect, like {@link unwrappedKafkajs}; otherwise the harness proves nothing.
 */
export const unwrappedConsumer = consuming({
  name: 'unwrapped consumer',
  topic: 'orders',
  script: 'unwrapped-consumer-process.ts',
  check: checkKeyOrder,
});
