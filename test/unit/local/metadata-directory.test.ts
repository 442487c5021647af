import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { localFormats } from '../../../src/local/formation';
import { checkVolume, noteVoters } from '../../../src/local/volume';
import { parseConfig } from '../../../src/platform/load';
import { gibibytes } from '../../../src/validation/units';
import { withPool, validConfig } from '../../../tools/support/config';

const metadataStorage = { size: gibibytes(1) };
const configOf = (change: object) => parseConfig({ ...validConfig, brokers: withPool(validConfig.brokers, change) });
const { clusterId } = validConfig.brokers;
const PORTS = [0, 1, 2].map((id) => [id, id, id, id] as const);

let directory: string;
const ofNode = (id: number): string => join(directory, String(id));
const layoutOf = (change: object) => localLayout(configOf(change), { ports: PORTS, directory: ofNode });
const layout = () => layoutOf({ metadataStorage });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'metadata-directory-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function format(id: number, what: 'log' | 'metadata', owner = { clusterId, nodeId: id }): void {
  mkdirSync(join(ofNode(id), what), { recursive: true });
  const meta = `cluster.id=${owner.clusterId}\nnode.id=${owner.nodeId}\ndirectory.id=aLGi7Rk0RPmo2ZFTNNUdlg\n`;
  writeFileSync(join(ofNode(id), what, 'meta.properties'), meta);
  // What a broker leaves, and a controller.
  mkdirSync(join(ofNode(id), what, what === 'log' ? 'orders-0' : '__cluster_metadata-0'), { recursive: true });
}

const formBoth = (id: number): void => {
  format(id, 'log');
  format(id, 'metadata');
};

const lose = (id: number, what: 'log' | 'metadata'): void => rmSync(join(ofNode(id), what), { recursive: true });

const formats = () => [...localFormats(clusterId, layout())].map(([{ id }, how]) => [id, how]);

describe('nodes with a directory for the metadata log', () => {
  it('have it beside their data', () => {
    expect(layout().nodes[1]).toMatchObject({
      logDirectory: join(ofNode(1), 'log'),
      metadataLogDirectory: join(ofNode(1), 'metadata'),
    });
    expect(layoutOf({}).nodes[1]).not.toHaveProperty('metadataLogDirectory');
  });

  it('form a quorum when all directories are empty', () => {
    expect(formats()).toEqual([0, 1, 2].map((id) => [id, 'initial']));
  });

  it('that lost one of the two get that one formatted, and the others nothing', () => {
    for (const id of [0, 1, 2]) formBoth(id);
    expect(formats()).toEqual([]);
    lose(1, 'log');
    expect(formats()).toEqual([[1, 'join']]);
    lose(2, 'metadata');
    expect(formats()).toEqual([
      [2, 'join'],
      [1, 'join'],
    ]);
  });

  it('form no second quorum on the data of a first one', () => {
    for (const id of [0, 1, 2]) format(id, 'log');
    expect(formats).toThrow(/node 0 is empty: this cluster existed: nodes 1, 2 have data/);
    lose(1, 'log');
    lose(2, 'log');
    expect(formats).toThrow(/node 0 is empty: this cluster existed: this node has data/);
  });
});

describe('directories are refused', () => {
  const check = (at: ReturnType<typeof layout> = layout()) => {
    const [node] = at.nodes;
    if (node === undefined) throw new Error('no node');
    checkVolume(node, { clusterId, nodeId: 0, voters: '0,1,2' });
  };

  it('not when they are empty or those of the node', () => {
    expect(check).not.toThrow();
    formBoth(0);
    expect(check).not.toThrow();
    lose(0, 'log');
    expect(check).not.toThrow();
  });

  it.each([['log'], ['metadata']] as const)('when that of %s belongs to another node or cluster', (what) => {
    format(0, what, { clusterId, nodeId: 2 });
    expect(check).toThrow(new RegExp(`0/${what} belongs to node '2', not to node '0'`));
    format(0, what, { clusterId: 'another', nodeId: 0 });
    expect(check).toThrow(new RegExp(`0/${what} belongs to cluster 'another'`));
  });

  it('when they belong to different nodes', () => {
    format(0, 'log', { clusterId, nodeId: 2 });
    format(0, 'metadata');
    expect(check).toThrow(/its data belongs to node 2 of cluster '.*', its metadata to node 0 of/);
  });

  it('when metadataStorage was added to nodes that were formed, or removed from them', () => {
    formBoth(0);
    expect(() => check(layoutOf({}))).toThrow(
      /0\/metadata has the metadata log of the node, and .* no metadataStorage any more/,
    );
    lose(0, 'metadata');
    mkdirSync(join(ofNode(0), 'log', '__cluster_metadata-0'));
    expect(check).toThrow(/0\/log is damaged: its data directory holds __cluster_metadata-0/);
  });

  it('when the quorum was formed with other controllers, as the file beside the metadata log says', () => {
    formBoth(0);
    noteVoters({ logDirectory: '/nowhere/log', metadataLogDirectory: join(ofNode(0), 'metadata') }, '0,1,2,3,4');
    expect(readFileSync(join(ofNode(0), 'voters'), 'utf8')).toBe('0,1,2,3,4\n');
    expect(check).toThrow(/0\/metadata was formed with controllers 0,1,2,3,4/);
  });
});
