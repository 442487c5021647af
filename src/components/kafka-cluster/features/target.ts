import type { KafkaConnection } from '../../../protocol/connection';
import { knownRelease } from '../../../kafka-settings/known-release';
import { UserError } from '../../../validation/user-error';
import type { BrokersProps } from '../props';
import { METADATA_VERSION } from './levels';

/** The levels of a configuration, and the cluster that they are compared with. */
export interface FeatureTarget {
  readonly connection: KafkaConnection;
  /** Levels by feature. Other features are left alone. */
  readonly wanted: Readonly<Record<string, number>>;
}

/** The target that a configuration describes. @throws {UserError} for a metadata version that the release does not have */
export const featureTarget = (
  { brokers }: { readonly brokers: Pick<BrokersProps, 'version' | 'metadataVersion' | 'features'> },
  connection: KafkaConnection,
): FeatureTarget => ({
  connection,
  wanted: { ...brokers.features, [METADATA_VERSION]: metadataLevel(brokers) },
});

/** Rules refuse such a configuration before. */
function metadataLevel({ version, metadataVersion }: Pick<BrokersProps, 'version' | 'metadataVersion'>): number {
  const level = knownRelease(version)?.metadataVersions[metadataVersion];
  if (level === undefined) throw new UserError(`Kafka ${version} has no metadata version ${metadataVersion}.`);
  return level;
}
