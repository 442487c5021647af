import { incompatibilities } from './compatibility';
import { fieldDifferences } from './field-differences';
import type { LiveSubject } from './live-subjects';
import type { RegisteredVersion } from './registry-client';
import { sameSchema } from './schema-tree';
import type { AvroSchema, Compatibility, Subject } from './subject';

/** A version that the registry does not have yet. */
export interface NewVersion {
  /** Its number in the catalogue. */
  readonly version: number;
  readonly schema: AvroSchema;
}

/** The level of a subject; `before` says so when only the registry's default holds. */
export interface LevelChange {
  readonly before: string;
  readonly after: Compatibility;
}

/** What is never done. */
export interface Refused {
  readonly reason: string;
  readonly fix: string;
}

/** What stands to be done about one subject. */
export type Step =
  | { readonly kind: 'create'; readonly subject: string; readonly definition: Subject }
  | {
      readonly kind: 'change';
      readonly subject: string;
      readonly level?: LevelChange;
      readonly register: readonly NewVersion[];
    }
  | { readonly kind: 'forbidden'; readonly subject: string; readonly refused: readonly Refused[] }
  | { readonly kind: 'unchanged' | 'unmanaged'; readonly subject: string };

interface PlanInput {
  readonly desired: readonly Subject[];
  /** Those of the catalogue's subjects that the registry has. */
  readonly live: readonly LiveSubject[];
  /** Names of all subjects that the registry has. */
  readonly all: readonly string[];
}

/** One step for each subject of the catalogue and of the registry, in the order of names. */
export function planSchemas({ desired, live, all }: PlanInput): readonly Step[] {
  const found = new Map(live.map((subject) => [subject.subject, subject]));
  const wanted = new Set(desired.map(({ subject }) => subject));
  const steps = [
    ...desired.map((definition) => stepFor(definition, found.get(definition.subject))),
    ...all.filter((subject) => !wanted.has(subject)).map((subject): Step => ({ kind: 'unmanaged', subject })),
  ];
  return steps.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
}

function stepFor(definition: Subject, live: LiveSubject | undefined): Step {
  const { subject, compatibility } = definition;
  const { next, foreign } = registered(definition, live?.versions ?? []);
  const refused = [...foreign, ...incompatible(definition, next)];
  if (refused.length > 0) return { kind: 'forbidden', subject, refused };
  if (live === undefined) return { kind: 'create', subject, definition };
  const register = definition.versions
    .slice(next)
    .map((schema, index): NewVersion => ({ version: next + index + 1, schema }));
  if (live.compatibility === compatibility) {
    return register.length === 0 ? { kind: 'unchanged', subject } : { kind: 'change', subject, register };
  }
  const level = { before: live.compatibility ?? '(not set)', after: compatibility };
  return { kind: 'change', subject, level, register };
}

interface Registered {
  /** How many versions of the catalogue need no registration: all up to the last that is registered. */
  readonly next: number;
  readonly foreign: readonly Refused[];
}

/**
 * Finds the registry's versions in the catalogue, in their order. They are found by what they mean: their numbers have gaps
 * once a version was deleted.
 */
function registered(definition: Subject, live: readonly RegisteredVersion[]): Registered {
  const foreign: Refused[] = [];
  let next = 0;
  for (const version of live) {
    const index = definition.versions.findIndex((schema, at) => at >= next && isSame(version, schema));
    if (index < 0) {
      foreign.push(notInCatalogue(version, definition.versions[version.version - 1]));
      continue;
    }
    foreign.push(
      ...definition.versions.slice(next, index).map((_, skipped) => passedOver(next + skipped + 1, version)),
    );
    next = index + 1;
  }
  return { next, foreign };
}

const isSame = ({ schema }: RegisteredVersion, wanted: AvroSchema): boolean =>
  schema !== undefined && sameSchema(schema, wanted);

function notInCatalogue({ version, schemaType, schema }: RegisteredVersion, wanted: AvroSchema | undefined): Refused {
  const differences = schema === undefined || wanted === undefined ? [] : fieldDifferences(schema, wanted);
  const how =
    schema === undefined
      ? `it is ${schemaType}, not Avro`
      : wanted === undefined
        ? 'somebody else has registered it'
        : `it is not version ${version} of the catalogue: ${differences.join(', ')}`;
  return {
    reason: `version ${version} in the registry is not in the catalogue: ${how}`,
    fix: 'add what is registered to the catalogue, in its place; later versions come after it',
  };
}

const passedOver = (skipped: number, { version }: RegisteredVersion): Refused => ({
  reason: `version ${skipped} of the catalogue is not in the registry, which has a later one (version ${version}) already`,
  fix: 'remove it from the catalogue: versions are registered in order',
});

/** What is registered already is history; only what would be added is refused. */
const incompatible = (definition: Subject, next: number): readonly Refused[] =>
  incompatibilities(definition)
    .filter(({ version }) => version > next)
    .map(({ version, against, reason, fix }) => ({
      reason: `version ${version} breaks ${definition.compatibility} with version ${against}: ${reason}`,
      fix,
    }));
