import { decideFormat } from '../../../../../src/components/kafka-cluster/formation/decide-format';
import type { Disk } from '../../../../../src/components/kafka-cluster/formation/disk';

/**
 * A model of three controllers: every order of starts, crashes, formats, elections and lost disks, up to a depth. Kafka's rules are
 * modelled as far as they matter: a leader needs the votes of a majority of the voter set that it knows, a log that is shorter is not
 * voted for, and records are committed once a majority has them.
 */

const CLUSTER = 'q1Sh-9_ISia_zwGINzRvyQ';
const NODES = [0, 1, 2] as const;
const MAJORITY = 2;

interface ModelNode {
  readonly isUp: boolean;
  /** `first` is a voter of the quorum that is being formed; `later` joined a quorum, and votes once it has its records. */
  readonly disk: 'empty' | 'first' | 'later';
  /** Whether it has seen an election. */
  readonly hasEpoch: boolean;
  /** The cluster whose records are on it: number of the formation; 0 for none. */
  readonly log: number;
}

interface World {
  readonly nodes: readonly ModelNode[];
  /** Of the leader; -1 without one. */
  readonly leader: number;
  /** How many clusters have been formed. */
  readonly formations: number;
}

const EMPTY: ModelNode = { isUp: true, disk: 'empty', hasEpoch: false, log: 0 };
const NEW_CLUSTER: World = { nodes: [EMPTY, EMPTY, EMPTY], leader: -1, formations: 0 };

const diskOf = ({ disk, hasEpoch }: ModelNode): Disk => {
  if (disk === 'empty') return { state: 'empty' };
  return { state: disk === 'first' && !hasEpoch ? 'fresh' : 'formed', clusterId: CLUSTER, nodeId: 0 };
};

const changed = (world: World, id: number, change: Partial<ModelNode>): World => ({
  ...world,
  nodes: world.nodes.map((node, index) => (index === id ? { ...node, ...change } : node)),
});

/** A leader stays one only while a majority of voters is up. */
function settled(world: World): World {
  const leader = world.nodes[world.leader];
  const votersUp = world.nodes.filter(({ isUp, disk, log }) => isUp && disk !== 'empty' && log > 0).length;
  return leader?.isUp === true && votersUp >= MAJORITY ? world : { ...world, leader: -1 };
}

function format(world: World, id: number, rule: typeof decideFormat): World | undefined {
  const others = NODES.filter((other) => other !== id).map((other) => {
    const node = world.nodes[other] ?? EMPTY;
    return { id: other, isController: true, disk: node.isUp ? diskOf(node) : undefined };
  });
  const decision = rule({ clusterId: CLUSTER, isController: true, others, hasLeader: world.leader >= 0 });
  if (!('format' in decision)) return undefined;
  return changed(world, id, { disk: decision.format === 'initial' ? 'first' : 'later', hasEpoch: false, log: 0 });
}

/** A candidate of first voters wins with a majority whose logs are not longer than its own. */
function elect(world: World, id: number): World | undefined {
  const self = world.nodes[id] ?? EMPTY;
  // A node that joined votes only once it has the records that make it a voter.
  const mayVote = (node: ModelNode): boolean => node.isUp && (node.disk === 'first' || node.log > 0);
  if (!mayVote(self) || world.leader >= 0) return undefined;
  const voters = NODES.filter((other) => {
    const node = world.nodes[other] ?? EMPTY;
    return mayVote(node) && node.log <= self.log;
  });
  if (voters.length < MAJORITY) return undefined;
  const isNew = self.log === 0;
  const log = isNew ? world.formations + 1 : self.log;
  // The majority has the first record; a leader commits nothing before.
  const nodes = world.nodes.map((node, other) =>
    voters.includes(other as 0 | 1 | 2) ? { ...node, hasEpoch: true, log } : node,
  );
  return { nodes, leader: id, formations: isNew ? log : world.formations };
}

/** A node that the leader reaches copies its records. */
function replicate(world: World, id: number): World | undefined {
  const leader = world.nodes[world.leader];
  const node = world.nodes[id] ?? EMPTY;
  if (leader === undefined || !node.isUp || node.disk === 'empty' || node.log === leader.log) return undefined;
  return changed(world, id, { hasEpoch: true, log: leader.log });
}

type Step = (world: World, id: number, rule: typeof decideFormat) => World | undefined;

const STEPS: Readonly<Record<string, Step>> = {
  format: (world, id, rule) =>
    world.nodes[id]?.isUp === true && world.nodes[id].disk === 'empty' ? format(world, id, rule) : undefined,
  elect: (world, id) => elect(world, id),
  replicate: (world, id) => replicate(world, id),
  crash: (world, id) => (world.nodes[id]?.isUp === true ? changed(world, id, { isUp: false }) : undefined),
  start: (world, id) => (world.nodes[id]?.isUp === false ? changed(world, id, { isUp: true }) : undefined),
};

/** Whether all three nodes are voters with the records of the quorum. */
const isWhole = ({ nodes }: World): boolean => nodes.every(({ log }) => log > 0);

/**
 * Every world that can be reached.
 * @param disksLost at most so many disks are lost
 * @param mayLose in which worlds
 */
function reachable(
  rule: typeof decideFormat,
  disksLost: number,
  mayLose: (world: World) => boolean = () => true,
): readonly World[] {
  const seen = new Map<string, World>();
  const queue: { readonly world: World; readonly lost: number }[] = [{ world: NEW_CLUSTER, lost: 0 }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { world, lost } = next;
    const key = JSON.stringify([world, lost]);
    // A second cluster is what is looked for; nothing follows from it.
    if (seen.has(key) || world.formations > 2) continue;
    seen.set(key, world);
    for (const id of NODES) {
      for (const step of Object.values(STEPS)) {
        const after = step(world, id, rule);
        if (after !== undefined) queue.push({ world: settled(after), lost });
      }
      if (lost < disksLost && mayLose(world) && world.nodes[id]?.disk !== 'empty') {
        queue.push({ world: settled(changed(world, id, { ...EMPTY, isUp: false })), lost: lost + 1 });
      }
    }
  }
  return [...seen.values()];
}

const clustersIn = (worlds: readonly World[]): number => Math.max(...worlds.map(({ formations }) => formations));

/** Whether a world can still come to three voters with the same records, without another crash or loss. */
function heals(from: World, rule: typeof decideFormat): boolean {
  const queue = [from];
  const seen = new Set<string>();
  const others = Object.entries(STEPS).flatMap(([name, step]) => (name === 'crash' ? [] : [step]));
  for (let world = queue.pop(); world !== undefined; world = queue.pop()) {
    const leader = world.nodes[world.leader];
    if (leader !== undefined && world.nodes.every(({ isUp, log }) => isUp && log === leader.log)) return true;
    const key = JSON.stringify(world);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const id of NODES) {
      for (const step of others) {
        const after = step(world, id, rule);
        if (after !== undefined) queue.push(settled(after));
      }
    }
  }
  return false;
}

describe('three controllers, in every order of starts, crashes and formats', () => {
  const worlds = reachable(decideFormat, 0);

  it('form one cluster and no second one', () => {
    expect(worlds.length).toBeGreaterThan(200);
    expect(clustersIn(worlds)).toBe(1);
  });

  it('can become three voters from wherever they are', () => {
    expect(worlds.filter((world) => !heals(world, decideFormat))).toEqual([]);
  });
});

describe('with one disk that is lost', () => {
  it('at any moment, no second cluster is formed', () => {
    const second = reachable(decideFormat, 1).filter(({ formations }) => formations > 1);
    expect(second.filter(({ nodes }) => nodes.some(({ log }) => log === 1))).toEqual([]);
  });

  it('after all three have become voters, its node becomes a voter again', () => {
    const worlds = reachable(decideFormat, 1, isWhole);
    expect(clustersIn(worlds)).toBe(1);
    expect(worlds.filter((world) => !heals(world, decideFormat))).toEqual([]);
  });
});

describe('with two disks that are lost at any moment', () => {
  it('no second cluster is formed while a disk with the records is left', () => {
    const second = reachable(decideFormat, 2).filter(({ formations }) => formations > 1);
    // Two losses before a second disk had the first record leave nothing of the first cluster but that record.
    expect(second.filter(({ nodes }) => nodes.some(({ log }) => log === 1))).toEqual([]);
  });
});

describe('the model finds a second cluster', () => {
  const initial = { format: 'initial' } as const;

  it.each<[string, typeof decideFormat]>([
    ['when an empty disk is always that of a first voter', () => initial],
    [
      'when nodes that do not answer are not waited for',
      (view) => decideFormat({ ...view, others: view.others.filter(({ disk }) => disk !== undefined) }),
    ],
    [
      'when disks that are formed count as fresh',
      (view) =>
        decideFormat({
          ...view,
          others: view.others.map((node) => ({ ...node, disk: node.disk && { state: 'empty' as const } })),
        }),
    ],
  ])('%s', (_what, rule) => {
    const second = reachable(rule, 2).filter(({ formations }) => formations > 1);
    expect(second.some(({ nodes }) => nodes.some(({ log }) => log === 1))).toBe(true);
  });
});
