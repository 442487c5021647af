import type { EventProducer } from '../client/producer/event-producer';
import type { Delivery } from '../client/producer/delivery';
import type { GeneratorContext, RunningSample } from '../service/sample';
import { Outcomes } from './outcomes';
import { pace } from './pace';
import { Tally } from './tally';

/** What all consumers of the clients have in common. */
interface Member {
  readonly isMember: boolean;
  readonly ended: Promise<void>;
  close(deadlineMs: number): Promise<unknown>;
}

/**
 * A sample that works as long as its consumer does, and is ready while the group counts on it.
 * @param afterwards done when it has left the group; @default nothing
 */
export const asMember = (consumer: Member, afterwards?: () => void): RunningSample => ({
  get isReady() {
    return consumer.isMember;
  },
  ended: consumer.ended,
  close: async (deadlineMs) => {
    await consumer.close(deadlineMs);
    afterwards?.();
  },
});

interface MakerProps {
  readonly context: GeneratorContext;
  readonly producer: EventProducer;
  /** Sends one; numbers count from 0. */
  readonly emit: (number: number) => Promise<Delivery>;
}

/** A sample that makes events at its pace, and is ready while they are delivered. */
export function asMaker({ context, producer, emit }: MakerProps): RunningSample {
  const { eventsPerSecond, metrics, say } = context;
  const tally = new Tally<Delivery['outcome']>({ metrics, say });
  const outcomes = new Outcomes({ producer, tally });
  const stopped = new AbortController();
  const ended = pace({
    perSecond: eventsPerSecond,
    signal: stopped.signal,
    room: () => producer.room(),
    emit: (number) => void emit(number).then((delivery) => outcomes.add(delivery)),
  });
  return {
    get isReady() {
      return outcomes.areWell;
    },
    ended,
    close: async (deadlineMs) => {
      stopped.abort();
      await producer.close(deadlineMs);
      tally.say();
    },
  };
}
