import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disk } from '../../../../../src/components/kafka-cluster/formation/disk';
import { Formation } from '../../../../../src/components/kafka-cluster/guard/formation';
import { guardSettings } from '../../../../../src/components/kafka-cluster/guard/settings';
import { localLayout } from '../../../../../src/components/kafka-cluster/local-layout';
import { parseConfig } from '../../../../../src/platform/load';
import { gibibytes } from '../../../../../src/validation/units';
import { validConfig, withPool } from '../../../../../tools/support/config';

const brokers = withPool(validConfig.brokers, { metadataStorage: { size: gibibytes(1) } });
const config = parseConfig({ ...validConfig, brokers });
const { clusterId } = config.brokers;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'formation-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** The guard of node 0, beside two others whose disks are these. */
function formationBeside(disk: Disk, hasLeader = false): Formation {
  const ports = [0, 1, 2].map((id) => [id, id, id, id] as const);
  const settings = guardSettings(config, localLayout(config, { ports, directory: (id) => join(directory, `${id}`) }));
  const call = <T>(_node: unknown, _what: string, schema: { parse: (value: unknown) => T }): Promise<T> =>
    Promise.resolve(schema.parse(JSON.parse(JSON.stringify(disk))));
  return new Formation({ settings, nodeId: 0, call, hasLeader: () => Promise.resolve(hasLeader) });
}

function format(what: 'log' | 'metadata'): void {
  const of = join(directory, '0', what);
  mkdirSync(join(of, what === 'log' ? 'orders-0' : '__cluster_metadata-0'), { recursive: true });
  writeFileSync(join(of, 'meta.properties'), `cluster.id=${clusterId}\nnode.id=0\n`);
}

describe('the guard of a node whose metadata log has a volume of its own', () => {
  it('lets a new quorum form when both volumes are empty, here and elsewhere', async () => {
    const formation = formationBeside({ state: 'empty' });
    expect(formation.disk).toEqual({ state: 'empty' });
    expect(await formation.decide()).toEqual({ format: 'initial' });
  });

  it('lets it join when its metadata volume was lost, and never form a quorum', async () => {
    format('log');
    expect(formationBeside({ state: 'empty' }).disk).toEqual({ state: 'empty', data: { clusterId, nodeId: 0 } });
    expect(await formationBeside({ state: 'formed', clusterId, nodeId: 1 }, true).decide()).toEqual({ format: 'join' });
    for (const other of [{ state: 'empty' }, { state: 'fresh', clusterId, nodeId: 1 }] as const)
      expect(await formationBeside(other).decide()).toEqual({
        wait: expect.stringMatching(/^this cluster existed/) as string,
      });
  });

  it('reads from another guard that data is left there', async () => {
    const decision = await formationBeside({ state: 'empty', data: { clusterId, nodeId: 1 } }).decide();
    expect(decision).toEqual({ wait: expect.stringMatching(/^this cluster existed: nodes 1, 2 have data/) as string });
  });

  it('counts it as formed when only its data volume was lost', () => {
    format('metadata');
    expect(formationBeside({ state: 'empty' }).disk).toEqual({ state: 'formed', clusterId, nodeId: 0 });
  });
});
