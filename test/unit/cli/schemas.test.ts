import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programOutcome } from '../../support/program-outcome';
import { validConfig } from '../../../tools/support/config';
import { A, B, record } from '../components/schemas/builders';

const directory = mkdtempSync(join(tmpdir(), 'cli-schemas-'));
afterAll(() => rmSync(directory, { recursive: true }));

const TSX = resolve('node_modules/tsx/dist/loader.mjs');
const MAIN = resolve('src/cli/main.ts');

const command = (...args: readonly string[]) =>
  programOutcome(process.execPath, ['--import', TSX, MAIN, ...args], directory);

/** A project with a topic, a schema with two versions, and a schema of a missing topic. */
beforeAll(() => {
  const avro = join(directory, 'schemas/avro');
  mkdirSync(avro, { recursive: true });
  mkdirSync(join(directory, 'platform'));
  writeFileSync(join(avro, 'o.v1.avsc'), JSON.stringify(record([A])));
  writeFileSync(join(avro, 'o.v2.avsc'), JSON.stringify(record([A, B])));
  writeFileSync(join(avro, 'draft.v1.avsc'), '{');
  const topics = [{ name: 'orders', partitions: 1, keyed: true, retentionBytes: 2 ** 30 }];
  const subject = (topic: string, ...versions: readonly string[]) => ({ topic, compatibility: 'BACKWARD', versions });
  const catalogue = {
    file: 'schemas/catalogue.js',
    directory: avro,
    definitions: [subject('orders', 'o.v1.avsc', 'o.v2.avsc'), subject('ordrs', 'draft.v1.avsc')],
  };
  const definition = { environments: { production: { ...validConfig, topics } }, schemas: { production: [catalogue] } };
  writeFileSync(join(directory, 'platform/index.js'), `module.exports = ${JSON.stringify(definition)};`);
});

describe('schemas that cannot be registered', () => {
  it.each([
    ['schemas check', 'apply would register nothing'],
    ['schemas types', 'nothing was written'],
    ['synth', 'nothing was written'],
    ['schemas plan', 'nothing was compared'],
    ['smoke', 'nothing was tested'],
  ])('are refused by %s with all problems, and with the work that was not done', async (line, consequence) => {
    const { stderr, stdout, code } = await command(...line.split(' '));
    expect(stderr).toContain(`schemas/avro has 2 problems; ${consequence}\n`);
    expect(stderr).toMatch(/ {2}draft\.v1\.avsc = .*\n {4}this is no JSON/);
    expect(stderr).toMatch(/version 2 \(o\.v2\.avsc\) breaks it with version 1: field `b` was added/);
    expect(stderr).toContain(`schemas/catalogue.js has one problem; ${consequence}\n`);
    expect(stderr).toMatch(/ {2}ordrs = .*\n.*no such topic[^]*allowed: orders\n +fix: +write orders, /);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(['schemas/events.ts', 'manifests'].filter((path) => existsSync(join(directory, path)))).toEqual([]);
  });
});
