import { KAFKA_RELEASES } from '../../../kafka-settings/releases';
import type { FeatureRange } from '../../../protocol/node-features';

/** The feature whose levels have names. */
export const METADATA_VERSION = 'metadata.version';

/** The feature that makes the quorum dynamic. */
export const KRAFT_VERSION = 'kraft.version';

/** Features whose level cannot be lowered, not even with Kafka's unsafe downgrade. Measured with 4.3.1 and 4.4.0. */
const WITHOUT_WAY_BACK: ReadonlySet<string> = new Set([METADATA_VERSION, KRAFT_VERSION]);

/** Whether a raised level of the feature can be lowered again. */
export const canBeLowered = (feature: string): boolean => !WITHOUT_WAY_BACK.has(feature);

/** Names of metadata versions by level. A level has the same name in all releases. */
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.values(KAFKA_RELEASES).flatMap(({ metadataVersions }) =>
    Object.entries(metadataVersions).map(([name, level]) => [level, name] as const),
  ),
);

/** A level as text: `2`, or `30 (4.3-IV0)` for a metadata version that is known. */
export function levelText(feature: string, level: number): string {
  const name = feature === METADATA_VERSION ? NAMES.get(level) : undefined;
  return name === undefined ? String(level) : `${level} (${name})`;
}

/** A range as text: `0 to 2`. */
export const rangeText = (feature: string, { min, max }: FeatureRange): string =>
  min === max ? levelText(feature, min) : `${levelText(feature, min)} to ${levelText(feature, max)}`;

/** The setting of the configuration that decides the level of a feature. */
export const settingOf = (feature: string): string =>
  feature === METADATA_VERSION ? 'brokers.metadataVersion' : `brokers.features['${feature}']`;
