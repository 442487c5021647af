import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaConnection } from '../../../protocol/connection';
import { partitionName, type LivePartition } from './placement';
import { readReplicas } from './read-brokers';
import type { StandingPlacement } from './read-placement';

/**
 * Measures what is written to each partition, in bytes per second by {@link partitionName}: the growth of its leader's log
 * between two readings. Retention that deletes a segment meanwhile hides what was written.
 * @param waitMs milliseconds between the readings
 */
export async function readIngress(
  connection: KafkaConnection,
  placement: StandingPlacement,
  waitMs: number,
): Promise<ReadonlyMap<string, number>> {
  const before = await leaderSizes(connection, placement);
  const started = Date.now();
  await delay(waitMs);
  const after = await leaderSizes(connection, placement);
  const passed = (Date.now() - started) / 1_000;
  return new Map(
    [...after].flatMap(([name, bytes]) => {
      const grown = bytes - (before.get(name) ?? bytes);
      return grown > 0 ? [[name, grown / passed] as const] : [];
    }),
  );
}

async function leaderSizes(
  connection: KafkaConnection,
  { brokers, partitions }: StandingPlacement,
): Promise<ReadonlyMap<string, number>> {
  const leaders = new Map(partitions.map((partition: LivePartition) => [partitionName(partition), partition.leaderId]));
  const reachable = brokers.filter(({ state }) => state !== undefined);
  const found = await Promise.all(
    reachable.map(async ({ id, server }) =>
      (await readReplicas(connection, server))
        .filter((replica) => leaders.get(partitionName(replica)) === id)
        .map((replica) => [partitionName(replica), replica.bytes] as const),
    ),
  );
  return new Map(found.flat());
}
