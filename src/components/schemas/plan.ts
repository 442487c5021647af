import { incompatibilities, versionsText } from './compatibility';
import { fieldDifferences } from './field-differences';
import type { LiveSubject } from './live-subjects';
import type { RegisteredVersion } from '../../registry-client/registry-client';
import { sameSchema } from '../../avro/schema-tree';
import { subjectProblems, type NamedSchema } from './subject-problems';
import { isSubjectOf, type AvroSchema, type Compatibility, type Subject } from '../../avro/subject';

/** A version that is not registered yet. */
export interface NewVersion {
  /** Number of the version in the catalogue. */
  readonly version: number;
  readonly schema: AvroSchema;
}

/** A change of a subject's compatibility level; `before` says so if only the registry's default applied. */
export interface LevelChange {
  readonly before: string;
  readonly after: Compatibility;
}

/** A change of a mode that was set on the subject and prevents the registration of schemas. */
export interface ModeChange {
  readonly before: string;
  readonly after: typeof WRITABLE;
}

/** The mode that allows the registration of schemas. */
const WRITABLE = 'READWRITE';

/** A change that is never made. */
export interface Refused {
  readonly reason: string;
  readonly fix: string;
}

/**
 * A registered version that means the same as an earlier one, for example one that differs only in docs or attributes.
 */
export interface SameMeaning {
  /** Number of the version in the registry. */
  readonly version: number;
  /** Number of the equivalent version in the catalogue. */
  readonly same: number;
}

/** The planned changes of one subject. */
export type Step =
  | { readonly kind: 'create'; readonly subject: string; readonly definition: Subject }
  | {
      readonly kind: 'change';
      readonly subject: string;
      readonly level?: LevelChange;
      /** Undefined if the subject has the mode of the registry. */
      readonly mode?: ModeChange;
      readonly register: readonly NewVersion[];
      /** Undefined if there are none. */
      readonly passedOver?: readonly SameMeaning[];
    }
  | { readonly kind: 'forbidden'; readonly subject: string; readonly refused: readonly Refused[] }
  | { readonly kind: 'unchanged'; readonly subject: string; readonly passedOver?: readonly SameMeaning[] }
  | {
      readonly kind: 'unmanaged';
      readonly subject: string;
      /** The catalogue's topic to which the subject belongs; undefined for unrelated subjects. */
      readonly topic?: string;
    };

interface PlanInput {
  readonly desired: readonly Subject[];
  /** The catalogue's subjects that exist in the registry. */
  readonly live: readonly LiveSubject[];
  /** Names of all subjects in the registry. */
  readonly all: readonly string[];
  /** Names of the catalogue's topics. @default none */
  readonly topics?: readonly string[];
  /** Mode of the registry. @default READWRITE */
  readonly mode?: string;
}

/** One step for each subject of the catalogue and of the registry, ordered by name. */
export function planSchemas({ desired, live, all, topics = [], mode = WRITABLE }: PlanInput): readonly Step[] {
  const found = new Map(live.map((subject) => [subject.subject, subject]));
  const wanted = new Set(desired.map(({ subject }) => subject));
  const steps = [
    ...desired.map((definition) => stepFor(definition, found.get(definition.subject), mode)),
    ...all.filter((subject) => !wanted.has(subject)).map((subject) => stepForOther(subject, topics)),
  ];
  return steps.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
}

function stepForOther(subject: string, topics: readonly string[]): Step {
  const topic = topics.find((name) => isSubjectOf(subject, name));
  return { kind: 'unmanaged', subject, ...(topic !== undefined && { topic }) };
}

function stepFor(definition: Subject, live: LiveSubject | undefined, modeOfAll: string): Step {
  const { subject, compatibility } = definition;
  const { next, foreign, passedOver: same } = registered(definition, live?.versions ?? []);
  const refused = [
    ...foreign,
    ...incompatible(definition, next),
    ...unwritable(live?.mode === WRITABLE ? WRITABLE : modeOfAll),
  ];
  if (refused.length > 0) return { kind: 'forbidden', subject, refused };
  if (live === undefined) return { kind: 'create', subject, definition };
  const passedOver = same.length === 0 ? {} : { passedOver: same };
  const register = definition.versions
    .slice(next)
    .map((schema, index): NewVersion => ({ version: next + index + 1, schema }));
  const changes = {
    ...(live.compatibility !== compatibility && {
      level: { before: live.compatibility ?? '(not set)', after: compatibility },
    }),
    ...(live.mode !== undefined && live.mode !== WRITABLE && { mode: { before: live.mode, after: WRITABLE } as const }),
  };
  if (register.length === 0 && Object.keys(changes).length === 0) return { kind: 'unchanged', subject, ...passedOver };
  return { kind: 'change', subject, ...changes, register, ...passedOver };
}

const unwritable = (mode: string): readonly Refused[] =>
  mode === WRITABLE
    ? []
    : [
        {
          reason: `the whole registry is in mode ${mode}: it does not take the schemas of the code as its own`,
          fix: `when that is over, PUT /mode with {"mode":"${WRITABLE}"}`,
        },
      ];

interface Registered {
  /** Number of versions of the catalogue that need no registration: all up to the last registered one. */
  readonly next: number;
  readonly foreign: readonly Refused[];
  readonly passedOver: readonly SameMeaning[];
}

/**
 * Finds the registry's versions in the catalogue, in order. Versions are compared by meaning, because version numbers
 * have gaps after a deletion. A registered version that means the same as a version found before it is ignored: it
 * changes nothing for readers and writers, and a catalogue cannot contain both.
 */
function registered(definition: Subject, live: readonly RegisteredVersion[]): Registered {
  const { versions } = definition;
  const foreign: Refused[] = [];
  const passedOver: SameMeaning[] = [];
  const found = new Set<number>();
  const missing = new Set<number>();
  let next = 0;
  for (const version of live) {
    const index = versions.findIndex((schema, at) => at >= next && isSame(version, schema));
    if (index >= 0) {
      for (let skipped = next; skipped < index; skipped += 1) missing.add(skipped);
      found.add(index);
      next = index + 1;
      continue;
    }
    const same = versions.findIndex((schema) => isSame(version, schema));
    if (found.has(same)) passedOver.push({ version: version.version, same: same + 1 });
    else foreign.push(same < 0 ? notInCatalogue(version, definition) : outOfOrder(version, same + 1, next));
    missing.delete(same);
  }
  return { next, foreign: [...foreign, ...[...missing].map(neverRegistered)], passedOver };
}

const isSame = ({ schema }: RegisteredVersion, wanted: AvroSchema): boolean =>
  schema !== undefined && sameSchema(schema, wanted);

function notInCatalogue(registered: RegisteredVersion, { subject, versions }: Subject): Refused {
  const { version, schema } = registered;
  const canBeAdded = schema !== undefined && subjectProblems(named([...versions, schema])).length === 0;
  return {
    reason: `version ${version} in the registry is not in the catalogue: ${howItDiffers(registered, versions[version - 1])}`,
    fix: canBeAdded
      ? 'add what is registered to the catalogue, in its place; later versions come after it'
      : `once no record needs it, delete it from the registry (DELETE /subjects/${subject}/versions/${version}): no catalogue can have it`,
  };
}

function howItDiffers({ version, schemaType, schema, fault }: RegisteredVersion, wanted?: AvroSchema): string {
  if (fault !== undefined) return fault;
  if (schema === undefined) return `it is ${schemaType}, not Avro`;
  if (wanted === undefined) return 'somebody else has registered it';
  return `it is not version ${version} of the catalogue: ${fieldDifferences(schema, wanted).join(', ')}`;
}

const named = (versions: readonly AvroSchema[]): readonly NamedSchema[] =>
  versions.map((schema, index) => ({ name: `version ${index + 1}`, schema }));

const outOfOrder = ({ version }: RegisteredVersion, same: number, later: number): Refused => ({
  reason: `version ${version} in the registry is not in the catalogue’s order: it is version ${same} there, and version ${later} was registered before it`,
  fix: 'put the versions of the catalogue into the order in which they were registered',
});

const neverRegistered = (index: number): Refused => ({
  reason: `version ${index + 1} of the catalogue is not in the registry, which has a later one already`,
  fix: 'if it was deleted there while records need it, restore it; else remove it from the catalogue: versions are registered in order',
});

/** Only versions that would be added are rejected. Registered versions cannot be changed. */
const incompatible = (definition: Subject, next: number): readonly Refused[] =>
  incompatibilities(definition)
    .filter(({ version }) => version > next)
    .map(({ version, against, reason, fix }) => ({
      reason: `version ${version} breaks ${definition.compatibility} with ${versionsText(against)}: ${reason}`,
      fix,
    }));
