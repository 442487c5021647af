import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../../../src/processes/processes';
import { StateDirectory, runningState } from '../../../src/local/state';

let path: string;
let directory: StateDirectory;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'state-'));
  directory = new StateDirectory({ local: { stateDirectory: path }, applications: {} });
});

afterEach(() => rmSync(path, { recursive: true }));

describe('the state of a local platform', () => {
  it('keeps unchanged fields in an update', () => {
    directory.update({ ports: [[1, 2, 3, 4]], supervisor: identify(process.pid), ready: true });
    directory.update({ services: { registry: { url: 'http://127.0.0.1:5', ready: false } } });
    expect(runningState(directory)).toMatchObject({
      ports: [[1, 2, 3, 4]],
      ready: true,
      services: { registry: { url: 'http://127.0.0.1:5', ready: false } },
    });
    directory.update({ supervisor: undefined, services: undefined });
    expect(runningState(directory)).toBeUndefined();
    expect(directory.read()).toEqual({ ports: [[1, 2, 3, 4]], brokers: {}, ready: true });
  });

  it('is created in an empty directory, and in one that contained it before', () => {
    directory.create();
    expect(directory.read()).toEqual({ ports: [], brokers: {}, ready: false });
    writeFileSync(join(path, 'mine.txt'), 'added later');
    directory.create();
    rmSync(join(path, 'state.json'));
    rmSync(join(path, 'mine.txt'));
    mkdirSync(join(path, 'broker-0'));
    expect(() => directory.create()).not.toThrow();
  });

  it.each([
    ['files', 'lock', 'notes.txt'],
    ['the state of another program', 'state.json', 'lock'],
  ])('is not created in a directory with foreign %s', (_, ...names) => {
    for (const name of names) writeFileSync(join(path, name), '{ "mine": true }');
    expect(() => directory.create()).toThrow(/Nothing was started\.\n {2}fix: .*local\.stateDirectory/);
    expect(readdirSync(path).sort()).toEqual([...names].sort());
    for (const name of names) expect(readFileSync(join(path, name), 'utf8')).toBe('{ "mine": true }');
  });

  it('of a release with other ports is not damaged', () => {
    writeFileSync(join(path, 'state.json'), '{ "ports": [[1, 2, 3]], "brokers": {}, "ready": false }');
    expect(directory.read()).toEqual({ ports: [], brokers: {}, ready: false });
  });
});
