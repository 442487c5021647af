import { connectKafka } from '../../../src/client/kafka-client';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { checkWrites } from '../check-writes';
import { Load } from '../load';
import type { Assignment, Pattern } from '../pattern';
import type { Sender } from '../sender';

interface WritingProps {
  readonly name: string;
  readonly topic: string;
  readonly open: (assignment: Assignment) => Promise<Sender>;
  /** Number of records sent without waiting. */
  readonly burst: number;
  /** Pause between two bursts. */
  readonly pauseMs: number;
}

/** A pattern that writes to a topic; its outcomes are compared with the log. */
export const writing = ({ name, topic, open, burst, pauseMs }: WritingProps): Pattern => ({
  name,
  start: async (assignment) => {
    const { world, run } = assignment;
    const kafka = connectKafka(world.direct);
    const from = await endOffsets(kafka, topic);
    const sender = await open(assignment);
    const load = new Load({ sender, run, partitions: from.size, burst, pauseMs });
    return {
      stop: async () => {
        await load.stop();
        return checkWrites(name, load.ledger, await readRun({ connection: world.direct, topic, run, from }));
      },
    };
  },
});
