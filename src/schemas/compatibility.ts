import type { Compatibility, Subject } from './subject';
import { mismatches, type Mismatch } from './schema-resolution';
import { schemaTree, type SchemaTree } from './schema-tree';

/** A version that breaks the level of its subject, with the field that does. */
export interface Incompatibility {
  readonly version: number;
  /** The earlier version that it breaks with. */
  readonly against: number;
  /** What changed, and who cannot read what for it. */
  readonly reason: string;
  readonly fix: string;
}

/** Every pair of versions that breaks the level, as a registry would find them if it were given one after the other. */
export function incompatibilities({ compatibility, versions }: Subject): readonly Incompatibility[] {
  const trees = versions.map(schemaTree);
  return trees.flatMap((later, index) =>
    earlierVersions(compatibility, index).flatMap((against) => {
      const earlier = trees[against];
      return earlier === undefined
        ? []
        : broken({ compatibility, later, earlier, version: index + 1, against: against + 1 });
    }),
  );
}

interface Pair {
  readonly compatibility: Compatibility;
  readonly earlier: SchemaTree;
  readonly later: SchemaTree;
  readonly version: number;
  readonly against: number;
}

function earlierVersions(compatibility: Compatibility, index: number): readonly number[] {
  if (index === 0 || compatibility === 'NONE') return [];
  return compatibility.endsWith('_TRANSITIVE') ? Array.from({ length: index }, (_, earlier) => earlier) : [index - 1];
}

/** What breaks both ways is one incompatibility with two effects. */
function broken({ compatibility, earlier, later, version, against }: Pair): readonly Incompatibility[] {
  const effects = new Map<string, { readonly fix: string; readonly effects: readonly string[] }>();
  const note = ({ change, fix }: Told, effect: string): void => {
    effects.set(change, { fix, effects: [...(effects.get(change)?.effects ?? []), effect] });
  };
  if (!compatibility.startsWith('FORWARD')) {
    const effect = `readers with version ${version} cannot read records of version ${against}`;
    for (const found of mismatches(later, earlier)) note(toldBackward(found, version), effect);
  }
  if (!compatibility.startsWith('BACKWARD')) {
    const effect = `readers with version ${against} cannot read records of version ${version}`;
    for (const found of mismatches(earlier, later)) note(toldForward(found, against), effect);
  }
  return [...effects].map(([change, { fix, effects: all }]) => ({
    version,
    against,
    reason: `${change}: ${all.join(', and ')}`,
    fix,
  }));
}

interface Told {
  readonly change: string;
  readonly fix: string;
}

/** The later schema reads. */
function toldBackward(found: Mismatch, version: number): Told {
  switch (found.kind) {
    case 'missingField':
      return {
        change: `field \`${found.path}\` was added without a default`,
        fix: `give \`${found.path}\` a default in version ${version}`,
      };
    case 'missingSymbols':
      return {
        change: `${symbols(found)} removed from enum ${found.name}, which has no default in version ${version}`,
        fix: `keep the symbol, or give enum ${found.name} a default`,
      };
    case 'ambiguousField':
      return ambiguous(found);
    case 'type':
      return changed(found.path, found.writer, found.reader);
  }
}

/** The earlier schema reads. */
function toldForward(found: Mismatch, against: number): Told {
  switch (found.kind) {
    case 'missingField':
      return {
        change: `field \`${found.path}\` was removed, and has no default in version ${against}`,
        fix: `keep \`${found.path}\``,
      };
    case 'missingSymbols':
      return {
        change: `${symbols(found)} added to enum ${found.name}, which has no default in version ${against}`,
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
  change: `field \`${path}\` stands for more than one field of the other version (${candidates.join(', ')})`,
  fix: `leave \`${path}\` one alias that fits`,
});

function changed(path: string, before: string, after: string): Told {
  if (path === '') return { change: `the schema changed from ${before} to ${after}`, fix: 'keep its name and kind' };
  return {
    change: `field \`${path}\` changed from ${before} to ${after}`,
    fix: `keep \`${path}\` as it was, and add a field of the new type with a default`,
  };
}
