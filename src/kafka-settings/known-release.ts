import { releaseLine, type KafkaRelease } from './release';
import { KAFKA_RELEASES } from './releases';

/** The setting definitions of the version's release line; undefined if no table was generated for it. */
export const knownRelease = (version: string): KafkaRelease | undefined =>
  Object.hasOwn(KAFKA_RELEASES, releaseLine(version)) ? KAFKA_RELEASES[releaseLine(version)] : undefined;
