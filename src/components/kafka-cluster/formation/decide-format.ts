import type { Disk } from './disk';
import type { Format } from './format-arguments';

/** A node, as far as it is known to the one that decides. */
export interface KnownNode {
  /** `node.id`. */
  readonly id: number;
  readonly isController: boolean;
  /** Absent when its guard does not answer. */
  readonly disk: Disk | undefined;
}

/** What a node knows when it decides about its own empty disk. */
export interface FormationView {
  readonly clusterId: string;
  readonly isController: boolean;
  /** Whether a broker left data on another volume of the node. @default false */
  readonly hasData?: boolean;
  /** Every other node of the configuration. */
  readonly others: readonly KnownNode[];
  /** Whether a controller answers as the leader of the quorum. */
  readonly hasLeader: boolean;
}

/** The format of an empty disk, or why it has to stay empty for now. */
export type FormatDecision = { readonly format: Format } | { readonly wait: string };

const RUNBOOK = 'see docs/guides/recover-a-lost-disk.md';

/**
 * How an empty disk may be formatted. A node never guesses: a majority of controllers with empty logs would elect a leader that knows no
 * topic, and brokers would take their own replicas for strays (measured). So a new quorum is formed only while every node answers and none
 * has been part of a cluster, and everybody else joins a quorum that has a leader.
 */
export function decideFormat(view: FormationView): FormatDecision {
  const { clusterId, isController, hasData = false, others, hasLeader } = view;
  const foreign = others.filter(({ disk }) => (clusterOf(disk) ?? clusterId) !== clusterId);
  if (foreign.length > 0) return { wait: `the volume of ${names(foreign)} belongs to another cluster` };
  if (hasLeader) return { format: 'join' };
  const damaged = others.filter(({ disk }) => disk?.state === 'damaged');
  if (damaged.length > 0) return { wait: `the volume of ${names(damaged)} is damaged` };
  const formed = others.filter(({ disk }) => disk?.state === 'formed' || disk?.state === 'static');
  if (formed.some((node) => node.isController)) return { wait: withoutLeader(isController, others) };
  const withData = [...formed, ...others.filter(({ disk }) => disk?.state === 'empty' && disk.data !== undefined)];
  if (withData.length > 0 || hasData) {
    const holders = withData.length > 0 ? clause(withData, 'has', 'have') : 'this node has';
    return {
      wait: `this cluster existed: ${holders} data, and no controller has metadata; restore a controller's volume, ${RUNBOOK}`,
    };
  }
  const unknown = others.filter(({ disk }) => disk === undefined);
  if (unknown.length > 0)
    return { wait: `the quorum is formed when every node answers, and ${clause(unknown, 'does', 'do')} not` };
  return isController ? { format: 'initial' } : { wait: 'the controllers have not formed the quorum yet' };
}

/** The cluster whose files are on the disks of a node. */
const clusterOf = (disk: Disk | undefined): string | undefined =>
  disk?.state === 'empty'
    ? disk.data?.clusterId
    : disk !== undefined && 'clusterId' in disk
      ? disk.clusterId
      : undefined;

/** Whether the quorum can get a leader again, or has lost its majority for good. */
function withoutLeader(isController: boolean, others: readonly KnownNode[]): string {
  const controllers = others.filter((node) => node.isController);
  const holders = controllers.filter(({ disk }) => disk?.state === 'formed' || disk?.state === 'static');
  const isEmpty = ({ disk }: KnownNode): boolean => disk?.state === 'empty';
  const lost = controllers.filter(isEmpty).length + (isController ? 1 : 0);
  const total = controllers.length + (isController ? 1 : 0);
  const majority = Math.floor(total / 2) + 1;
  if (total - lost >= majority) return `${clause(holders, 'has', 'have')} metadata, and the quorum has no leader yet`;
  return `${lost} of ${total} controllers have lost their disks; ${clause(holders, 'has', 'have')} the metadata and must be kept: ${RUNBOOK}`;
}

const names = (nodes: readonly KnownNode[]): string =>
  `node${nodes.length === 1 ? '' : 's'} ${nodes.map(({ id }) => id).join(', ')}`;

/** Nodes as the subject of a sentence, with a verb in their number. */
const clause = (nodes: readonly KnownNode[], one: string, several: string): string =>
  `${names(nodes)} ${nodes.length === 1 ? one : several}`;
