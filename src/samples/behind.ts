import { groupOffsets } from '../client/group-offsets';
import { quietKafka, withAdmin } from '../client/quiet-kafka';
import { SAMPLES } from '../config/samples';
import { retryChains } from '../topics/catalogue';
import { retryGroup, retryTopic } from '../topics/retry-chain';

const { topic, group, delays } = retryChains.inventory;

/** What every consuming sample reads; what waits in a retry topic is read by a group of its own. */
const GROUPS: readonly { readonly groupId: string; readonly topic: string; readonly unread: bigint }[] = [
  ...Object.values(SAMPLES).flatMap((sample) =>
    sample.kind === 'consumer' ? [{ groupId: sample.group, topic: sample.reads[0], unread: 0n }] : [],
  ),
  // The marker of the last transaction may be left.
  ...delays.map((delay) => ({ groupId: retryGroup(group, delay), topic: retryTopic(topic, group, delay), unread: 1n })),
];

/** Groups of the samples that have not committed all that there is to read, each with by how much. */
export const behind = (bootstrap: readonly string[]): Promise<readonly string[]> =>
  withAdmin(quietKafka(bootstrap), async (admin) => {
    const found: string[] = [];
    for (const each of GROUPS) {
      const committed = await groupOffsets(admin, each);
      const ends = await admin.fetchTopicOffsets(each.topic);
      const open = ends.filter(
        ({ partition, low, high }) => BigInt(high) - (committed.get(partition) ?? BigInt(low)) > each.unread,
      );
      if (open.length > 0) found.push(`${each.groupId}: ${open.length} partitions of ${each.topic}`);
    }
    return found;
  });
