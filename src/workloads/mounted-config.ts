import type { Subject } from '../avro/subject';
import { parseSubjects } from '../components/schemas/parse-subjects';
import { parseConfig, type Platform } from '../platform/load';
import { jsonFile, required } from './environment';

/** The mounted configuration. It is validated again, because it may have been rendered by another release. */
export const mountedConfig = (): Platform => parseConfig(jsonFile('PLATFORM_CONFIG'), required('PLATFORM_CONFIG'));

/** The mounted catalogue of schemas, validated again for the same reason; empty if none is mounted. */
export const mountedSubjects = (): readonly Subject[] =>
  process.env['PLATFORM_SCHEMAS'] === undefined
    ? []
    : parseSubjects(jsonFile('PLATFORM_SCHEMAS'), required('PLATFORM_SCHEMAS'));
