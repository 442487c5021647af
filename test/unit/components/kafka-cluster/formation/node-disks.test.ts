import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialDirectoryId } from '../../../../../src/components/kafka-cluster/formation/directory-id';
import { lacksDataOnly, readDisks } from '../../../../../src/components/kafka-cluster/formation/node-disks';

const CLUSTER = 'q1Sh-9_ISia_zwGINzRvyQ';
const OWN = { clusterId: CLUSTER, nodeId: 1 };
const FIRST = initialDirectoryId(CLUSTER, 1);
const LATER = 'aLGi7Rk0RPmo2ZFTNNUdlg';

let directory: string;
let directories: { readonly logDirectory: string; readonly metadataLogDirectory: string };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-disks-'));
  directories = { logDirectory: join(directory, 'data'), metadataLogDirectory: join(directory, 'metadata') };
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

interface Identity {
  readonly directoryId?: string;
  readonly nodeId?: number;
  readonly clusterId?: string;
}

function format(log: string, { directoryId = LATER, nodeId = 1, clusterId = CLUSTER }: Identity = {}): void {
  mkdirSync(log, { recursive: true });
  const meta = `version=1\ncluster.id=${clusterId}\nnode.id=${nodeId}\ndirectory.id=${directoryId}\n`;
  writeFileSync(join(log, 'meta.properties'), meta);
  writeFileSync(join(log, 'bootstrap.checkpoint'), '');
}

/** What a broker leaves in its data directory. */
function use(): void {
  mkdirSync(join(directories.logDirectory, 'orders-0'), { recursive: true });
}

function vote(log: string, leaderEpoch = 1): void {
  mkdirSync(join(log, '__cluster_metadata-0'), { recursive: true });
  writeFileSync(join(log, '__cluster_metadata-0', 'quorum-state'), JSON.stringify({ leaderEpoch }));
}

describe('a node whose metadata log has a directory of its own', () => {
  it('is empty when both are', () => {
    expect(readDisks(directories)).toEqual({ state: 'empty' });
    expect(lacksDataOnly(directories)).toBe(false);
  });

  it('is what its metadata log is', () => {
    format(directories.logDirectory);
    use();
    format(directories.metadataLogDirectory, { directoryId: FIRST });
    expect(readDisks(directories)).toEqual({ state: 'fresh', ...OWN });
    vote(directories.metadataLogDirectory);
    expect(readDisks(directories)).toEqual({ state: 'formed', ...OWN });
    expect(lacksDataOnly(directories)).toBe(false);
  });

  it('is what its metadata log is when its data was lost, which is told apart', () => {
    format(directories.metadataLogDirectory, { directoryId: FIRST });
    vote(directories.metadataLogDirectory);
    expect(readDisks(directories)).toEqual({ state: 'formed', ...OWN });
    expect(lacksDataOnly(directories)).toBe(true);
    mkdirSync(directories.logDirectory);
    expect(lacksDataOnly(directories)).toBe(true);
  });

  it('is empty when its metadata log was lost, never fresh or formed, and tells whose data is left', () => {
    for (const directoryId of [FIRST, LATER]) {
      format(directories.logDirectory, { directoryId });
      use();
      expect(readDisks(directories)).toEqual({ state: 'empty', data: OWN });
    }
    expect(lacksDataOnly(directories)).toBe(false);
  });

  it('is empty after a format that was cut off between the two', () => {
    format(directories.logDirectory);
    expect(readDisks(directories)).toEqual({ state: 'empty' });
  });

  it.each<[string, Identity]>([
    ['node', { nodeId: 2 }],
    ['cluster', { clusterId: 'another' }],
  ])('is damaged when its data is of another %s', (_what, identity) => {
    format(directories.metadataLogDirectory);
    format(directories.logDirectory, identity);
    expect(readDisks(directories)).toMatchObject({
      state: 'damaged',
      how: expect.stringMatching(/^its data belongs/) as unknown,
    });
  });

  it.each<[string, () => void]>([
    ['its data has no identity', use],
    [
      'its data directory has a metadata log',
      () => mkdirSync(join(directories.logDirectory, '__cluster_metadata-0'), { recursive: true }),
    ],
    ['its metadata log has no identity', () => vote(directories.metadataLogDirectory)],
  ])('is damaged, never empty, when %s', (_what, damage) => {
    damage();
    expect(readDisks(directories)).toMatchObject({ state: 'damaged' });
  });
});

it('a node with one directory is what that is', () => {
  const { logDirectory } = directories;
  format(logDirectory, { directoryId: FIRST });
  vote(logDirectory, 0);
  expect(readDisks({ logDirectory })).toEqual({ state: 'fresh', ...OWN });
  expect(lacksDataOnly({ logDirectory })).toBe(false);
});
