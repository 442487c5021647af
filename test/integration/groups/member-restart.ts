import { setTimeout as delay } from 'node:timers/promises';
import { ConsumerEnded } from '../../../src/client/consumer/consumer-ended';
import { EventConsumer } from '../../../src/client/consumer/event-consumer';
import { groupOffsets } from '../../../src/client/group-offsets';
import { ClientMetrics } from '../../../src/client/metrics/client-metrics';
import { connectKafka, withAdmin } from '../../../src/client/kafka-client';
import { source } from '../../../tools/history/topics';
import { until } from '../../support/until';
import { writeCounting } from '../../support/write-counting';
import { broker } from './broker';

const TOPIC = source.name;
const RECORDS = 100;
const HEARTBEAT_MS = 300;

beforeAll(() =>
  writeCounting({ connection: broker.platform.connection, topic: TOPIC, records: RECORDS, keys: RECORDS }),
);

interface Member {
  readonly groupId: string;
  readonly clientId?: string;
  readonly groupInstanceId?: string;
  readonly metrics?: ClientMetrics;
}

const startMember = ({ clientId = 'shop', ...member }: Member): Promise<EventConsumer<typeof TOPIC>> =>
  EventConsumer.start<typeof TOPIC>({
    ...member,
    connection: { ...broker.platform.connection, clientId },
    topics: [TOPIC],
    // Longer than the restart of a member takes on a busy machine.
    sessionTimeoutMs: 15_000,
    heartbeatIntervalMs: HEARTBEAT_MS,
    handle: () => undefined,
  });

const admin = <R>(use: Parameters<typeof withAdmin<R>>[1]): Promise<R> =>
  withAdmin(connectKafka(broker.platform.connection), use);

const membersOf = (groupId: string) =>
  admin(async (one) => (await one.describeGroups([groupId])).groups.flatMap(({ members }) => members));

const countMembers = async (groupId: string): Promise<number> => (await membersOf(groupId)).length;

async function rebalances(metrics: ClientMetrics): Promise<number> {
  const { values } = (await metrics.registry.getSingleMetric('app_kafka_rebalances_total')?.get()) ?? { values: [] };
  return values.reduce((sum, { value }) => sum + value, 0);
}

/** Number of rebalances of another member while one was replaced. */
async function rebalancesOfTheOther(groupId: string, isStatic: boolean): Promise<number> {
  const metrics = new ClientMetrics();
  const named = (groupInstanceId: string): Member => ({ groupId, ...(isStatic && { groupInstanceId }) });
  const [first, other] = await Promise.all([startMember(named('first')), startMember({ ...named('other'), metrics })]);
  await until(async () => (await countMembers(groupId)) === 2 && first.isMember && other.isMember);
  await until(async () => {
    const offsets = await admin((one) => groupOffsets(one, { groupId, topic: TOPIC }));
    return offsets.size === source.partitions;
  });
  const before = await rebalances(metrics);
  await first.close();
  const again = await startMember(named('first'));
  await until(() => again.isMember && other.isMember);
  // Members learn of a rebalance with a heartbeat.
  if (isStatic) await delay(3 * HEARTBEAT_MS);
  else await until(async () => (await rebalances(metrics)) > before);
  const after = await rebalances(metrics);
  await Promise.all([again.close(), other.close()]);
  return after - before;
}

it('a member’s client id is the name of its group, or the one that the application sets', async () => {
  const groupId = 'named';
  const members = await Promise.all([
    startMember({ groupId, clientId: 'billing' }),
    startMember({ groupId, clientId: 'shop' }),
  ]);
  await until(async () => (await countMembers(groupId)) === members.length);
  expect((await membersOf(groupId)).map(({ clientId }) => clientId).sort()).toEqual(['billing', 'shop']);
  await Promise.all(members.map((member) => member.close()));
});

describe('the restart of a member', () => {
  it('does not affect others if it is a static member, which the group removes after its session', async () => {
    expect(await rebalancesOfTheOther('static', true)).toBe(0);
    await until(async () => (await countMembers('static')) === 0);
  });

  it('rebalances the others if it is not', async () => {
    expect(await rebalancesOfTheOther('dynamic', false)).toBeGreaterThan(0);
  });

  it('with the instance id of another process ends one of them', async () => {
    const member = { groupId: 'twins', groupInstanceId: 'one' };
    // Either may end: a commit does not carry the instance id, so the replaced member may join once more.
    const twins = [await startMember(member), await startMember(member)];
    const ends: unknown[] = [];
    for (const twin of twins) twin.ended.catch((error: unknown) => ends.push(error));
    await until(() => ends.length > 0, { otherwise: () => 'neither has ended' });
    expect(ends[0]).toBeInstanceOf(ConsumerEnded);
    await Promise.all(twins.map((twin) => twin.close()));
  });
});
