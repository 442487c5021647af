import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaCatalogue } from '../../../src/components/schemas/definition';
import type { Project } from '../../../src/platform/project';
import { subjectsOf } from '../../../src/platform/project-schemas';
import { ConfigError, type Problem } from '../../../src/validation/problems';
import { validConfig } from '../../../tools/support/config';
import { A, record } from '../components/schemas/builders';

const directory = mkdtempSync(join(tmpdir(), 'project-schemas-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A catalogue with one version for each topic. */
function catalogue(name: string, ...topics: readonly string[]): SchemaCatalogue {
  const avro = join(directory, name);
  mkdirSync(avro, { recursive: true });
  for (const topic of topics)
    writeFileSync(join(avro, `${topic}.avsc`), JSON.stringify(record([A], { name: `Of${topic}` })));
  const definitions = topics.map((topic) => ({ topic, compatibility: 'FULL', versions: [`${topic}.avsc`] }) as const);
  return { file: `${name}.ts`, directory: avro, definitions };
}

const topics = (...names: readonly string[]) => names.map((name) => ({ name, partitions: 1, keyed: true }));

/** A project with two environments: `one` has the topics orders and payments, `two` only payments. */
const projectOf = (one: readonly SchemaCatalogue[], two: readonly SchemaCatalogue[] = []): Project => ({
  file: 'platform.ts',
  definition: {
    environments: {
      one: { ...validConfig, topics: topics('orders', 'payments') },
      two: { ...validConfig, topics: topics('payments') },
    },
    schemas: { one, two },
  },
});

function problemsOf(...args: Parameters<typeof subjectsOf>): readonly Problem[] {
  try {
    subjectsOf(...args);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the schemas of the environments of a project', () => {
  it('are unique, in their order', () => {
    const shared = catalogue('shared', 'payments');
    const subjects = subjectsOf(projectOf([catalogue('own', 'orders'), shared], [shared]));
    expect(subjects.map(({ subject }) => subject)).toEqual(['orders-value', 'payments-value']);
  });

  it('are refused for a topic that is in no environment, with the nearest name', () => {
    const wrong = catalogue('wrong', 'order', 'invoices');
    expect(problemsOf(projectOf([wrong]))).toMatchObject([
      {
        file: 'wrong.ts',
        path: 'order',
        value: 'order',
        environments: ['one'],
        allowed: 'orders, payments',
        fix: 'write orders, or add the topic to topics, or remove its schemas',
      },
      { path: 'invoices', fix: 'add the topic to topics, or remove its schemas' },
    ]);
  });

  it('are refused for a topic that is missing in one of their environments', () => {
    const shared = catalogue('of-orders', 'orders');
    const project = projectOf([shared], [shared]);
    expect(problemsOf(project)).toMatchObject([{ path: 'orders', environments: ['two'], allowed: 'payments' }]);
    expect(problemsOf(project, ['one'])).toEqual([]);
  });

  it('are refused with the problems of all: of files, of shared topics and of missing ones', () => {
    const broken = { ...catalogue('broken', 'orders'), definitions: [] };
    const first = catalogue('first', 'payments', 'invoices');
    const found = problemsOf(projectOf([broken, first, catalogue('second', 'payments')]));
    expect(found.map(({ path }) => path)).toEqual(['orders.avsc', 'payments', 'invoices']);
  });
});
