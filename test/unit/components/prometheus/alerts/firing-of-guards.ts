import { flat, from, ofGuard, rising } from './at-rest';
import { gone, once, type Case } from './cases';

const IN_SPITE = ofGuard('kafka_guard_stop_in_spite_timestamp_seconds', 0, { node: 2, cause: 'passed' });

/** Cases of the alerts about guards. */
export const OF_GUARDS: Readonly<Record<string, readonly Case[]>> = {
  KafkaStopHeldUp: [
    once({ [ofGuard('kafka_guard_stop_held_up_seconds', 1, { obstacle: 'min-isr' })]: rising(60, 0) }, 11, {
      broker: '1',
      obstacle: 'min-isr',
    }),
    // What holds it up has changed meanwhile.
    once(
      {
        [ofGuard('kafka_guard_stop_held_up_seconds', 1, { obstacle: 'other-stop' })]: from(8, rising(60, 0), gone),
        [ofGuard('kafka_guard_stop_held_up_seconds', 1, { obstacle: 'quorum' })]: from(8, gone, rising(60, 0)),
      },
      11,
      { broker: '1', obstacle: 'quorum' },
    ),
  ],
  KafkaCatchUpStalled: [once({ [ofGuard('kafka_guard_catch_up_idle_seconds', 1)]: rising(60, 0) }, 6, { broker: '1' })],
  KafkaStoppedInSpite: [
    once({ [IN_SPITE]: from(5, flat(0), flat(300)) }, 6, { broker: '2', cause: 'passed' }),
    // The guard that was told of it is rolled next.
    once({ [IN_SPITE]: from(5, flat(0), from(8, flat(300), gone)) }, 12, { broker: '2', cause: 'passed' }),
  ],
};
