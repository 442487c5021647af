import type { AvroSchema, Compatibility, Subject } from '../../avro/subject';
import { mismatches, type Mismatch } from '../../avro/schema-resolution';
import { schemaTree, type SchemaTree } from '../../avro/schema-tree';

/** A version that violates the compatibility level of its subject, and the field that does. */
export interface Incompatibility {
  readonly version: number;
  /** The earlier versions that it breaks with. */
  readonly against: readonly number[];
  /** What changed, and who cannot read what for it. */
  readonly reason: string;
  readonly fix: string;
}

/** A subject of which some versions may be unreadable. */
type ReadableSubject = Pick<Subject, 'compatibility' | 'subject'> & {
  readonly versions: readonly (AvroSchema | undefined)[];
};

/**
 * Every change that breaks the level, once for each version that has it, as a registry would find them if it were given one version
 * after the other. Versions that cannot be read are left out, and keep their numbers.
 */
export function incompatibilities({ compatibility, versions }: ReadableSubject): readonly Incompatibility[] {
  const trees = versions.map((schema) => (schema === undefined ? undefined : schemaTree(schema)));
  return trees.flatMap((later, index) => {
    if (later === undefined) return [];
    const earlier = earlierVersions(compatibility, index).flatMap((before) => {
      const tree = trees[before];
      return tree === undefined ? [] : [{ tree, version: before + 1 }];
    });
    return broken(compatibility, { tree: later, version: index + 1 }, earlier);
  });
}

interface Version {
  readonly tree: SchemaTree;
  readonly version: number;
}

function earlierVersions(compatibility: Compatibility, index: number): readonly number[] {
  if (index === 0 || compatibility === 'NONE') return [];
  return compatibility.endsWith('_TRANSITIVE') ? Array.from({ length: index }, (_, earlier) => earlier) : [index - 1];
}

/** A change, with the earlier versions between which and the later one records cannot be read. */
interface Broken extends Told {
  /** Whose records readers with the later version cannot read. */
  readonly backward: number[];
  /** Whose readers cannot read records of the later version. */
  readonly forward: number[];
}

/** What breaks both ways, or with several versions, is one incompatibility with several effects. */
function broken(compatibility: Compatibility, later: Version, earlier: readonly Version[]): readonly Incompatibility[] {
  const all = new Map<string, Broken>();
  const note = (told: Told, direction: 'backward' | 'forward', version: number): void => {
    const key = told.change('');
    const one = all.get(key) ?? { ...told, backward: [], forward: [] };
    one[direction].push(version);
    all.set(key, one);
  };
  for (const { tree, version } of earlier) {
    if (!compatibility.startsWith('FORWARD'))
      for (const found of mismatches(later.tree, tree)) note(toldBackward(found, later.version), 'backward', version);
    if (!compatibility.startsWith('BACKWARD'))
      for (const found of mismatches(tree, later.tree)) note(toldForward(found), 'forward', version);
  }
  return [...all.values()].map((one) => told(one, later.version));
}

function told({ change, fix, backward, forward }: Broken, version: number): Incompatibility {
  const effects = [
    ...(backward.length === 0
      ? []
      : [`readers with version ${version} cannot read records of ${versionsText(backward)}`]),
    ...(forward.length === 0
      ? []
      : [`readers with ${versionsText(forward)} cannot read records of version ${version}`]),
  ];
  return {
    version,
    against: [...new Set([...backward, ...forward])].sort((a, b) => a - b),
    reason: `${change(versionsText(forward))}: ${effects.join(', and ')}`,
    fix,
  };
}

/** `version 1`, `versions 1, 2 and 3`. */
export const versionsText = (versions: readonly number[]): string =>
  versions.length === 1
    ? `version ${versions.join('')}`
    : `versions ${versions.slice(0, -1).join(', ')} and ${versions.at(-1) ?? ''}`;

interface Told {
  /** What changed. @param earlier the versions whose readers cannot read the later one, in words */
  readonly change: (earlier: string) => string;
  readonly fix: string;
}

/** Records of the earlier version are read with the later schema. */
function toldBackward(found: Mismatch, version: number): Told {
  switch (found.kind) {
    case 'missingField':
      return {
        change: () => `field \`${found.path}\` was added without a default`,
        fix: `give \`${found.path}\` a default in version ${version}`,
      };
    case 'missingSymbols':
      return {
        change: () => `${symbols(found)} removed from enum ${found.name}, which has no default in version ${version}`,
        fix: `keep the symbol, or give enum ${found.name} a default`,
      };
    case 'ambiguousField':
      return ambiguous(found);
    case 'type':
      return changed(found.path, found.writer, found.reader);
  }
}

/** The earlier schema reads. */
function toldForward(found: Mismatch): Told {
  switch (found.kind) {
    case 'missingField':
      return {
        change: (earlier) => `field \`${found.path}\` was removed, and has no default in ${earlier}`,
        fix: `keep \`${found.path}\``,
      };
    case 'missingSymbols':
      return {
        change: (earlier) => `${symbols(found)} added to enum ${found.name}, which has no default in ${earlier}`,
        fix: 'add a field with an enum of its own, which has a default',
      };
    case 'ambiguousField':
      return ambiguous(found);
    case 'type':
      return changed(found.path, found.reader, found.writer);
  }
}

const symbols = ({ symbols: names }: Extract<Mismatch, { kind: 'missingSymbols' }>): string =>
  `${names.map((name) => `symbol \`${name}\``).join(', ')} ${names.length === 1 ? 'was' : 'were'}`;

const ambiguous = ({ path, candidates }: Extract<Mismatch, { kind: 'ambiguousField' }>): Told => ({
  change: () => `field \`${path}\` stands for more than one field of the other version (${candidates.join(', ')})`,
  fix: `leave \`${path}\` one alias that fits`,
});

function changed(path: string, before: string, after: string): Told {
  if (path === '')
    return { change: () => `the schema changed from ${before} to ${after}`, fix: 'keep its name and kind' };
  return {
    change: () => `field \`${path}\` changed from ${before} to ${after}`,
    fix: `keep \`${path}\` as it was, and add a field of the new type with a default`,
  };
}
