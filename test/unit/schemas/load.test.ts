import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, type Problem } from '../../../src/config/problems';
import type { SubjectDefinition } from '../../../src/schemas/catalogue';
import { loadSubjects } from '../../../src/schemas/load';
import { A, B, field, record } from './builders';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'schemas-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (files: Readonly<Record<string, unknown>>): void => {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
};

const orders = (...versions: readonly string[]): SubjectDefinition => ({
  topic: 'orders',
  compatibility: 'BACKWARD',
  versions,
});

function problemsOf(...definitions: readonly SubjectDefinition[]): readonly Problem[] {
  try {
    loadSubjects({ directory, definitions });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('loading schemas', () => {
  it('gives subjects with their versions as data', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A, B]) });
    expect(loadSubjects({ directory, definitions: [orders('a.v1.avsc', 'a.v2.avsc')] })).toEqual([
      { subject: 'orders-value', compatibility: 'BACKWARD', versions: [record([A]), record([A, B])] },
    ]);
  });

  it.each<readonly [string, unknown, string, RegExp]>([
    ['a file that is no JSON', '{ "type": ', 'a.v1.avsc', /no JSON/],
    ['a file that says null', 'null', 'a.v1.avsc', /did you mean/],
    ['an unknown type', field('strin'), 'a.v1.avsc f', /undefined type name: shop\.strin/],
    ['a default of another type', field('long', { default: 'x' }), 'a.v1.avsc f', /incompatible field default "x"/],
    [
      'null as default of a union that begins otherwise',
      field(['string', 'null'], { default: null }),
      'a.v1.avsc f',
      /first branch/,
    ],
    ['a name with a dash', record([{ name: 'order-id', type: 'string' }]), 'a.v1.avsc order-id', /invalid field name/],
    ['a record without fields', { type: 'record', name: 'shop.Order' }, 'a.v1.avsc', /record fields/],
    ['a primitive', '"string"', 'a.v1.avsc', /carries records/],
    ['a record without namespace', { type: 'record', name: 'Order', fields: [A] }, 'a.v1.avsc', /carries records/],
    ['a misspelt logical type', field({ type: 'long', logicalType: 'timestamp-milis' }), 'a.v1.avsc f', /ignore/],
    [
      'a logical type on another type',
      field({ type: 'int', logicalType: 'timestamp-millis' }),
      'a.v1.avsc f',
      /ignore/,
    ],
    [
      'a logical type beside the type',
      field('long', { logicalType: 'timestamp-millis' }),
      'a.v1.avsc f',
      /annotates the type/,
    ],
  ])('refuses %s', (_what, content, path, says) => {
    write({ 'a.v1.avsc': content });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([{ path, message: expect.stringMatching(says) as string }]);
  });

  it('names the place of a logical type deep within', () => {
    const within = {
      type: 'array',
      items: { type: 'record', name: 'Line', fields: [{ name: 'at', type: { type: 'string', logicalType: 'date' } }] },
    };
    write({ 'a.v1.avsc': field(['null', within]) });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
      { path: 'a.v1.avsc f.at', value: 'date', allowed: 'on int' },
    ]);
  });

  it('refuses a file that is not there, and names those that are', () => {
    write({ 'a.v1.avsc': record([A]) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([{ path: 'a.v2.avsc', allowed: 'a.v1.avsc' }]);
  });

  it('refuses a file that the catalogue does not name', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A, B]) });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', message: expect.stringContaining('no subject') as string },
    ]);
  });

  it('refuses another name in a later version', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A], { name: 'OrderV2' }) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', value: 'shop.OrderV2', allowed: 'shop.Order' },
    ]);
  });

  it('refuses a version that only differs in docs', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A], { doc: 'An order.' }) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', message: expect.stringContaining('same as a.v1.avsc') as string },
    ]);
  });

  it('refuses a topic that stands twice, a level that there is none of, and a subject without versions', () => {
    const wrong = { topic: 'orders', compatibility: 'SIDEWAYS', versions: [] } as unknown as SubjectDefinition;
    expect(problemsOf(orders('a.v1.avsc'), wrong).map(({ path }) => path)).toEqual([
      'orders',
      'orders compatibility',
      'orders versions',
      'a.v1.avsc',
    ]);
  });

  it('tells everything that is wrong in one error, each with what is allowed and what to do', () => {
    write({
      'a.v1.avsc': record([{ name: 'f', type: 'strin' }, A, { name: 'g', type: 'long', default: 'x' }]),
      'a.v2.avsc': '{',
    });
    const found = problemsOf(orders('a.v1.avsc', 'a.v2.avsc', 'a.v3.avsc'));
    expect(found.map(({ path }) => path)).toEqual(['a.v2.avsc', 'a.v3.avsc', 'a.v1.avsc f', 'a.v1.avsc g']);
    expect(found.every(({ allowed, fix }) => allowed !== '' && fix !== '')).toBe(true);
  });
});
