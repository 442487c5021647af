import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../../../src/embedded/processes';
import { StateDirectory, runningState } from '../../../src/embedded/state';

let path: string;
let directory: StateDirectory;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'state-'));
  directory = new StateDirectory({ local: { stateDirectory: path } });
});

afterEach(() => rmSync(path, { recursive: true }));

describe('the state of a local platform', () => {
  it('changes in parts and keeps the rest', () => {
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

  it('of a release with other ports is no damage', () => {
    writeFileSync(join(path, 'state.json'), '{ "ports": [[1, 2, 3]], "brokers": {}, "ready": false }');
    expect(directory.read()).toEqual({ ports: [], brokers: {}, ready: false });
  });
});
