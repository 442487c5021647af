import { consuming } from './consuming';
import { judgeLanes } from './lanes';

/** It is here to be found out, as {@link unwrappedKafkajs} is: a harness that finds nothing in it proves nothing. */
export const unwrappedConsumer = consuming({
  name: 'unwrapped consumer',
  topic: 'orders',
  script: 'unwrapped-consumer-process.ts',
  judge: judgeLanes,
});
