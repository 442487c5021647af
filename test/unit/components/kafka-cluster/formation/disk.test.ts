import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialDirectoryId } from '../../../../../src/components/kafka-cluster/formation/directory-id';
import { readDisk } from '../../../../../src/components/kafka-cluster/formation/disk';

const CLUSTER = 'q1Sh-9_ISia_zwGINzRvyQ';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'disk-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const meta = (directoryId: string): void =>
  writeFileSync(
    join(directory, 'meta.properties'),
    `#\nversion=1\ncluster.id=${CLUSTER}\nnode.id=1\ndirectory.id=${directoryId}\n`,
  );

function quorumState(state: object): void {
  mkdirSync(join(directory, '__cluster_metadata-0'), { recursive: true });
  writeFileSync(join(directory, '__cluster_metadata-0', 'quorum-state'), JSON.stringify(state));
}

/** As Kafka 4.3.1 writes them. */
const state = (leaderEpoch: number): object => ({
  leaderId: -1,
  leaderEpoch,
  votedId: -1,
  votedDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA',
  data_version: 1,
});
const STATIC = { clusterId: '', leaderId: 1, leaderEpoch: 3, votedId: -1, appliedOffset: 0, data_version: 0 };

const FIRST = initialDirectoryId(CLUSTER, 1);
const LATER = 'aLGi7Rk0RPmo2ZFTNNUdlg';
const OWN = { clusterId: CLUSTER, nodeId: 1 };

describe('a disk', () => {
  it('is empty when its directory is missing or has nothing in it', () => {
    expect(readDisk(join(directory, 'log'))).toEqual({ state: 'empty' });
    expect(readDisk(directory)).toEqual({ state: 'empty' });
  });

  it('is empty after a format that was cut off before it wrote meta.properties', () => {
    mkdirSync(join(directory, '__cluster_metadata-0'));
    writeFileSync(join(directory, 'bootstrap.checkpoint'), '');
    writeFileSync(join(directory, 'meta.properties.tmp'), '');
    expect(readDisk(directory)).toEqual({ state: 'empty' });
  });

  it('is fresh from its format as a first voter until its node knows of an election', () => {
    meta(FIRST);
    expect(readDisk(directory)).toEqual({ state: 'fresh', ...OWN });
    quorumState(state(0));
    expect(readDisk(directory)).toEqual({ state: 'fresh', ...OWN });
    quorumState(state(1));
    expect(readDisk(directory)).toEqual({ state: 'formed', ...OWN });
  });

  it('is formed from the beginning where its node joined a quorum', () => {
    meta(LATER);
    expect(readDisk(directory)).toEqual({ state: 'formed', ...OWN });
  });

  it('is that of a static quorum when its quorum-state names voters, and not when it is only of the older version', () => {
    meta(LATER);
    quorumState({ ...STATIC, currentVoters: [{ voterId: 0 }, { voterId: 1 }] });
    expect(readDisk(directory)).toEqual({ state: 'static', ...OWN });
    quorumState({ ...STATIC, currentVoters: [] });
    expect(readDisk(directory)).toEqual({ state: 'formed', ...OWN });
  });

  it.each([
    ['files without an identity', () => mkdirSync(join(directory, 'orders-0'))],
    ['a vote without an identity', () => quorumState(state(4))],
    ['an identity without a cluster', () => writeFileSync(join(directory, 'meta.properties'), 'node.id=1\n')],
    [
      'a quorum-state that is cut off',
      () => {
        meta(FIRST);
        quorumState({});
      },
    ],
  ])('is damaged, never empty, when it holds %s', (_what, damage) => {
    damage();
    expect(readDisk(directory)).toMatchObject({ state: 'damaged' });
  });
});

describe('the directory id of a first voter', () => {
  it('is a Uuid of Kafka, and the same for a cluster and node each time', () => {
    expect(FIRST).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/);
    expect(initialDirectoryId(CLUSTER, 1)).toBe(FIRST);
  });

  it('differs from node to node and from cluster to cluster', () => {
    const ids = ['a', 'b'].flatMap((cluster) => [0, 1, 2].map((node) => initialDirectoryId(cluster, node)));
    expect(new Set(ids).size).toBe(6);
  });
});
