import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { groupOffsets } from '../../src/client/group-offsets';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { poll } from '../../src/waiting/poll';
import type { Dice } from '../support/dice';
import { GROUPS, type Group, type History } from './history';
import { headersOf } from './record-kinds';
import type { Supervised } from './supervised';
import { chains, derivedTopics, source } from './topics';
import type { Traffic } from './traffic';
import type { World } from './world';

/** The targets of faults. */
export interface Scene {
  readonly world: World;
  readonly traffic: Traffic;
  readonly history: History;
  readonly applications: Readonly<Record<Group, Supervised>>;
  readonly dice: Dice;
}

/**
 * Each function causes one fault and, unless the fault is permanent, ends it. @returns a short description of what was
 * done
 */
const FAULTS = {
  'topic recreated': (scene) => recreateTopic(scene),

  'topic recreated while a group is stopped': async (scene) => {
    const group = scene.dice.pick(GROUPS);
    return whileStopped(scene, group, async () => {
      scene.history.absences.push({ group, incarnation: scene.history.incarnation });
      const done = await recreateTopic(scene);
      // The new topic contains records before the group returns.
      await delay(scene.dice.between(500, 3_000));
      return `${done}, ${group}`;
    });
  },

  'records deleted': (scene) => deleteRecords(scene),

  'records deleted while a group is stopped': async (scene) => {
    const group = scene.dice.pick(GROUPS);
    return whileStopped(scene, group, async () => {
      await delay(scene.dice.between(1_000, 3_000));
      return `${await deleteUnread(scene, group)}, ${group}`;
    });
  },

  'partitions grown': async ({ world, dice }) => {
    if (world.partitions(source.name) >= MOST_PARTITIONS) return 'not any more';
    const derived = derivedTopics.map(({ name }) => name);
    const [first, second] = dice.next() < 0.5 ? [[source.name], derived] : [derived, [source.name]];
    await world.grow(first);
    await delay(dice.between(0, 3_000));
    await world.grow(second);
    return `to ${world.partitions(source.name)}, ${first.length === 1 ? 'source' : 'derived topics'} first`;
  },

  'transaction left open': async ({ world, history, dice }) => {
    const id = history.nextId();
    history.sent.add(id);
    history.aborted.add(id);
    const producer = connectKafka(world.connection).producer({
      transactionalId: `history-hung-${id}`,
      transactionTimeout: dice.between(3_000, 8_000),
      idempotent: true,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const partition = dice.between(0, source.partitions - 1);
    const record = { key: 'hung', value: world.encode(id), headers: headersOf(id, 'plain'), partition };
    await transaction.send({ topic: source.name, messages: [record] });
    // The producer does not end the transaction; the coordinator aborts it after its timeout.
    await producer.disconnect();
    return `partition ${partition}`;
  },

  'schema that cannot be read': async ({ world, traffic, dice }) => {
    const writer = await world.otherWriter(`writer-${dice.between(0, 1_000_000_000)}`);
    const before = traffic.encode;
    world.registry.withheld.add(writer.id);
    traffic.encode = writer.encode;
    await delay(dice.between(1_000, 3_000));
    traffic.encode = before;
    await delay(dice.between(1_000, 3_000));
    world.registry.withheld.delete(writer.id);
    return `id ${writer.id}`;
  },

  'group restarted': async (scene) => {
    const group = scene.dice.pick(GROUPS);
    return whileStopped(scene, group, () => Promise.resolve(group));
  },
} as const satisfies Readonly<Record<string, (scene: Scene) => Promise<string>>>;

export type Fault = keyof typeof FAULTS;

export const faultNames = Object.keys(FAULTS) as readonly Fault[];

const MOST_PARTITIONS = 8;

export const inject = (fault: Fault, scene: Scene): Promise<string> => FAULTS[fault](scene);

async function recreateTopic({ world, traffic, history }: Scene): Promise<string> {
  // Traffic pauses, so that the incarnation of every record is known. Consumers continue.
  await traffic.pause();
  await world.recreateSource(() => (history.incarnation += 1));
  traffic.resume();
  return `incarnation ${history.incarnation}`;
}

async function whileStopped(scene: Scene, group: Group, work: () => Promise<string>): Promise<string> {
  const { applications } = scene;
  await untilSeen(scene, group);
  await applications[group].stop();
  try {
    return await work();
  } finally {
    await applications[group].start();
  }
}

const SEEN_MS = 60_000;

/**
 * Waits until a group has read from every partition of a recreated topic. Before that it may not have noticed, and when it stops then, it
 * cannot report what it had not read: brokers deleted its offsets with the former topic.
 */
async function untilSeen({ history, world }: Scene, group: Group): Promise<void> {
  if (history.incarnation === 0) return;
  const isSeen = (): boolean => partitionsSeen(history, group).size >= world.partitions(source.name);
  await poll(isSeen, { until: Boolean, withinMs: SEEN_MS });
}

function partitionsSeen({ acknowledged, incarnation, accounts }: History, group: Group): ReadonlySet<number> {
  const given = new Set(accounts[group].given);
  const seen = acknowledged.filter((record) => record.incarnation === incarnation && given.has(record.id));
  return new Set(seen.map(({ partition }) => partition));
}

/** Deletes records of one partition up to an offset between its start and its end. */
async function deleteRecords(scene: Scene): Promise<string> {
  const partition = scene.dice.between(0, source.partitions - 1);
  return withOffsets(scene, (admin, offsets) =>
    deleteWithin(scene, admin, { partition, ...boundsOf(offsets, partition) }),
  );
}

/**
 * Deletes at least one acknowledged record of one partition that the stopped group has not read; waits until such a
 * record exists.
 */
async function deleteUnread(scene: Scene, group: Group): Promise<string> {
  for (;;) {
    const done = await withOffsets(scene, async (admin, offsets) => {
      const committed = await groupOffsets(admin, { groupId: chains[group].group, topic: source.name });
      const unread = scene.history.acknowledged.filter(
        ({ incarnation, partition, offset }) =>
          incarnation === scene.history.incarnation && offset >= (committed.get(partition) ?? offset + 1n),
      );
      if (unread.length === 0) return undefined;
      const { partition, offset } = scene.dice.pick(unread);
      return deleteWithin(scene, admin, { partition, low: offset + 1n, high: boundsOf(offsets, partition).high });
    });
    if (done !== undefined) return done;
    await delay(UNREAD_POLL_MS);
  }
}

const UNREAD_POLL_MS = 200;

type Offsets = Awaited<ReturnType<Admin['fetchTopicOffsets']>>;

function withOffsets<T>({ world }: Scene, work: (admin: Admin, offsets: Offsets) => Promise<T>): Promise<T> {
  return withAdmin(connectKafka(world.connection), async (admin) => {
    // kafkajs deletes nothing from a topic whose leaders it does not know.
    await admin.fetchTopicMetadata({ topics: [source.name] });
    return work(admin, await admin.fetchTopicOffsets(source.name));
  });
}

function boundsOf(offsets: Offsets, partition: number): { readonly low: bigint; readonly high: bigint } {
  const found = offsets.find((one) => one.partition === partition);
  return { low: BigInt(found?.low ?? 0), high: BigInt(found?.high ?? 0) };
}

interface Range {
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

/** Deletes everything below an offset of the range. */
async function deleteWithin({ history, dice }: Scene, admin: Admin, { partition, low, high }: Range): Promise<string> {
  const below = low + BigInt(Math.floor(Number(high - low) * dice.next()));
  history.deletions.push({ incarnation: history.incarnation, partition, below });
  await admin.deleteTopicRecords({ topic: source.name, partitions: [{ partition, offset: String(below) }] });
  return `partition ${partition} below ${below}, of ${low} to ${high}`;
}
