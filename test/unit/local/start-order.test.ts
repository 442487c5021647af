import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialDirectoryId } from '../../../src/components/kafka-cluster/formation/directory-id';
import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { startOrder } from '../../../src/local/start-order';
import { parseConfig } from '../../../src/platform/load';
import { validConfig } from '../../../tools/support/config';

const { clusterId } = validConfig.brokers;
const LATER = 'aLGi7Rk0RPmo2ZFTNNUdlg';

let directory: string;
const ofNode = (id: number): string => join(directory, String(id));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'start-order-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const order = () => {
  const ports = [0, 1, 2].map((id) => [id, id, id, id] as const);
  const { first, joining } = startOrder(localLayout(parseConfig(validConfig), { ports, directory: ofNode }).nodes);
  return { first: first.map(({ id }) => id), joining: joining.map(({ id }) => id) };
};

/** What Kafka's format leaves, which writes the voters for a first voter alone. */
function format(id: number, as: 'initial' | 'join'): void {
  const log = join(ofNode(id), 'log', '__cluster_metadata-0');
  mkdirSync(log, { recursive: true });
  const directoryId = as === 'initial' ? initialDirectoryId(clusterId, id) : LATER;
  const meta = `cluster.id=${clusterId}\nnode.id=${id}\ndirectory.id=${directoryId}\n`;
  writeFileSync(join(ofNode(id), 'log', 'meta.properties'), meta);
  if (as === 'initial') writeFileSync(join(log, '00000000000000000000-0000000000.checkpoint'), 'voters');
}

/** What a node has once it follows a leader. */
function follow(id: number): void {
  const log = join(ofNode(id), 'log', '__cluster_metadata-0');
  writeFileSync(join(log, '00000000000000000000.log'), 'records');
  writeFileSync(join(log, 'leader-epoch-checkpoint'), '0');
  writeFileSync(join(log, 'quorum-state'), JSON.stringify({ leaderId: 1, leaderEpoch: 4, data_version: 1 }));
}

describe('the nodes of a local platform', () => {
  it('start at once when they form the quorum', () => {
    for (const id of [0, 1, 2]) format(id, 'initial');
    expect(order()).toEqual({ first: [0, 1, 2], joining: [] });
  });

  it('start at once when all know the voters', () => {
    for (const id of [0, 1, 2]) format(id, id === 2 ? 'join' : 'initial');
    for (const id of [0, 1, 2]) follow(id);
    expect(order()).toEqual({ first: [0, 1, 2], joining: [] });
  });

  it('wait for the leader when they join a quorum that had one, also if the last start ended before they had joined', () => {
    for (const id of [0, 1]) format(id, 'initial');
    for (const id of [0, 1]) follow(id);
    format(2, 'join');
    expect(order()).toEqual({ first: [0, 1], joining: [2] });
    writeFileSync(join(ofNode(2), 'log', '__cluster_metadata-0', '00000000000000000000.log'), '');
    expect(order()).toEqual({ first: [0, 1], joining: [2] });
  });
});
