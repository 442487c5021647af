import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaCatalogue } from '../../../../src/components/schemas/definition';
import { loadCatalogues } from '../../../../src/components/schemas/load-catalogues';
import { A, record } from './builders';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'catalogues-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A catalogue with one version for each topic, in its own folder. */
function catalogue(name: string, ...topics: readonly string[]): SchemaCatalogue {
  const avro = join(directory, name);
  mkdirSync(avro);
  for (const topic of topics)
    writeFileSync(join(avro, `${topic}.avsc`), JSON.stringify(record([A], { name: `Of${topic}` })));
  const definitions = topics.map((topic) => ({ topic, compatibility: 'FULL', versions: [`${topic}.avsc`] }) as const);
  return { file: `${name}/schemas.ts`, directory: avro, definitions };
}

describe('several catalogues of schemas', () => {
  it('are combined in their order', () => {
    const subjects = loadCatalogues([catalogue('one', 'b', 'a'), catalogue('none'), catalogue('two', 'c')]);
    expect(subjects.map(({ subject }) => subject)).toEqual(['b-value', 'a-value', 'c-value']);
  });

  it('are refused if two have the same topic, with the names of both files', () => {
    expect(() => loadCatalogues([catalogue('one', 'a', 'b'), catalogue('two', 'c', 'b')])).toThrow(
      /two\/schemas\.ts has one problem[^]* {2}b = "b"\n {4}one\/schemas\.ts has this topic, too\n[^]*allowed: [^]*fix: /,
    );
  });

  it('are refused with the problems of all of them', () => {
    const broken = (name: string): SchemaCatalogue => ({ ...catalogue(name, 'a'), definitions: [] });
    expect(() => loadCatalogues([broken('one'), broken('two')])).toThrow(/one\/schemas\.ts[^]*two\/schemas\.ts/);
  });
});
