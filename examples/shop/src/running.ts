import type { Delivery, EventProducer } from 'kafka-platform/client';
import type { GeneratorContext, RunningApplication } from './process/application';
import { Outcomes } from './outcomes';
import { pace } from './pace';
import { Tally } from './tally';

/** The common interface of all consumers. */
interface Member {
  readonly isMember: boolean;
  readonly ended: Promise<void>;
  close(deadlineMs: number): Promise<unknown>;
}

/**
 * An application that runs as long as its consumer, and is ready while the consumer is a member of its group.
 * @param afterwards called after the consumer has left its group; @default none
 */
export const asMember = (consumer: Member, afterwards?: () => void): RunningApplication => ({
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
  readonly producer: Pick<EventProducer, 'room' | 'close' | 'buffered'>;
  /** Sends one event; numbers start at 0. */
  readonly emit: (number: number) => Promise<Delivery>;
}

/** An application that creates events at a fixed rate, and is ready while they are delivered. */
export function asMaker({ context, producer, emit }: MakerProps): RunningApplication {
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
