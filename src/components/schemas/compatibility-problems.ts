import type { Problem } from '../../validation/problems';
import { incompatibilities, versionsText } from './compatibility';
import type { AvroSchema, Compatibility } from '../../avro/subject';

const ALLOWED: Readonly<Record<Compatibility, string>> = {
  BACKWARD: 'new fields with a default, removed fields, wider numbers',
  BACKWARD_TRANSITIVE: 'new fields with a default, removed fields, wider numbers',
  FORWARD: 'new fields, removed fields that had a default, narrower numbers',
  FORWARD_TRANSITIVE: 'new fields, removed fields that had a default, narrower numbers',
  FULL: 'fields with a default, added or removed',
  FULL_TRANSITIVE: 'fields with a default, added or removed',
  NONE: 'anything',
};

/** A subject whose versions have been read as far as they can be. */
interface ReadSubject {
  readonly subject: string;
  readonly compatibility: Compatibility;
  /** Oldest first; undefined for one that cannot be read. */
  readonly versions: readonly (AvroSchema | undefined)[];
  /** The files of the versions. @default messages have the numbers alone */
  readonly files?: readonly string[];
}

/** Every version that breaks the level of its subject, with the field that does; no registry is asked. */
export const compatibilityProblems = (read: ReadSubject): readonly Problem[] =>
  incompatibilities(read).map(({ version, against, reason, fix }) => {
    const file = read.files?.[version - 1];
    return {
      path: `${read.subject} compatibility`,
      value: read.compatibility,
      message: `version ${version}${file === undefined ? '' : ` (${file})`} breaks it with ${versionsText(against)}: ${reason}`,
      allowed: ALLOWED[read.compatibility],
      fix,
    };
  });
