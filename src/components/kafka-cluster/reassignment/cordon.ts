import { levelText, METADATA_VERSION } from '../features/levels';
import { NODE_FEATURES } from '../../../protocol/node-features';
import type { KafkaConnection } from '../../../protocol/connection';
import { ask } from '../../../protocol/request';
import { commandLine } from '../../../validation/command-line';
import { UserError } from '../../../validation/user-error';
import { changeBroker } from './change-broker';
import type { LiveBroker } from './placement';
import { readBrokers } from './read-brokers';
import { ALL_DIRECTORIES, CORDON } from './settings';

/** 4.3-IV0. */
const CORDON_LEVEL = 30;

/**
 * Cordons brokers: Kafka places no new replicas on them. The cordon stays until it is removed, also when the broker is
 * empty or unregistered.
 * @throws {UserError} below metadata version 4.3-IV0
 */
export async function cordonBrokers(connection: KafkaConnection, brokers: readonly LiveBroker[]): Promise<void> {
  const level = (await ask(connection, NODE_FEATURES)).finalized[METADATA_VERSION] ?? 0;
  if (level < CORDON_LEVEL)
    throw new UserError(
      `Brokers cannot be cordoned: metadata.version is ${levelText(METADATA_VERSION, level)}, and ` +
        `${levelText(METADATA_VERSION, CORDON_LEVEL)} or newer is necessary.`,
      `raise brokers.metadataVersion, then ${commandLine('features apply --irreversible')}`,
    );
  for (const broker of brokers) await changeBroker(connection, broker, { set: { [CORDON]: ALL_DIRECTORIES } });
}

/**
 * Removes the cordons of brokers; their replicas stay where they are.
 * @throws {UserError} for ids that are not registered
 */
export async function uncordonBrokers(connection: KafkaConnection, ids: readonly number[]): Promise<void> {
  for (const broker of registeredOf(await readBrokers(connection), ids)) await removeCordon(connection, broker);
}

/** Removes the cordon of one broker. */
export const removeCordon = (connection: KafkaConnection, broker: LiveBroker): Promise<void> =>
  changeBroker(connection, broker, { set: {}, remove: [CORDON] });

/** The brokers with these ids. @throws {UserError} with all ids that are not registered */
export function registeredOf(all: readonly LiveBroker[], ids: readonly number[]): readonly LiveBroker[] {
  const unknown = ids.filter((id) => !all.some((broker) => broker.id === id));
  if (unknown.length > 0)
    throw new UserError(
      `Not registered: ${unknown.join(', ')}; registered brokers: ${all.map(({ id }) => id).join(', ')}.`,
      'name ids of brokers that are registered',
    );
  return all.filter(({ id }) => ids.includes(id));
}
