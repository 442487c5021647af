import { quietKafka } from '../../../src/client/quiet-kafka';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import type { TopicName } from '../../../src/topics/catalogue';
import { judgeWrites } from '../judge-writes';
import { Load } from '../load';
import type { Assignment, Pattern } from '../pattern';
import type { Sender } from '../sender';

interface WritingProps {
  readonly name: string;
  readonly topic: TopicName;
  readonly open: (assignment: Assignment) => Promise<Sender>;
  /** Records one after the other, not waited for. */
  readonly burst: number;
  /** Between two bursts. */
  readonly pauseMs: number;
}

/** Something that writes to a topic, and is judged by what stands in it. */
export const writing = ({ name, topic, open, burst, pauseMs }: WritingProps): Pattern => ({
  name,
  start: async (assignment) => {
    const { world, run } = assignment;
    const kafka = quietKafka(world.direct);
    const from = await endOffsets(kafka, topic);
    const sender = await open(assignment);
    const load = new Load({ sender, run, partitions: from.size, burst, pauseMs });
    return {
      stop: async () => {
        await load.stop();
        return judgeWrites(name, load.ledger, await readRun({ bootstrap: world.direct, topic, run, from }));
      },
    };
  },
});
