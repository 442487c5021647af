import { decideFormat, type KnownNode } from '../components/kafka-cluster/formation/decide-format';
import type { Format } from '../components/kafka-cluster/formation/format-arguments';
import { lacksDataOnly, readDisks } from '../components/kafka-cluster/formation/node-disks';
import type { BrokerNode, ClusterLayout } from '../components/kafka-cluster/layout';
import { isVoter } from '../components/kafka-cluster/nodes';
import { UserError } from '../validation/user-error';

/**
 * How the empty disks of a local platform are formatted. No node runs yet, and every disk is on this machine: a quorum that still has
 * the disks of a majority of its controllers will have a leader.
 * @throws {UserError} when the disks that are left do not make up a quorum
 */
export function localFormats(clusterId: string, { nodes }: ClusterLayout): ReadonlyMap<BrokerNode, Format> {
  const known = nodes.map((node): KnownNode => ({
    id: node.id,
    isController: isVoter(node),
    disk: readDisks(node),
  }));
  const controllers = known.filter(({ isController }) => isController);
  const formed = controllers.filter(({ disk }) => disk?.state === 'formed');
  const hasLeader = formed.length > controllers.length / 2;
  const empty = nodes.filter((_node, index) => known[index]?.disk?.state === 'empty');
  return new Map<BrokerNode, Format>([
    ...empty.map((node) => [node, formatOf(node, { clusterId, known, hasLeader })] as const),
    ...nodes.filter(lacksDataOnly).map((node) => [node, 'join'] as const),
  ]);
}

interface Disks {
  readonly clusterId: string;
  readonly known: readonly KnownNode[];
  readonly hasLeader: boolean;
}

function formatOf(node: BrokerNode, { clusterId, known, hasLeader }: Disks): Format {
  const others = known.filter(({ id }) => id !== node.id);
  const own = known.find(({ id }) => id === node.id)?.disk;
  const hasData = own?.state === 'empty' && own.data !== undefined;
  // Where a controller would form the quorum, a broker joins it: all of them are formatted before one starts.
  const decision = decideFormat({ clusterId, isController: true, hasData, others, hasLeader });
  if ('format' in decision) return isVoter(node) ? decision.format : 'join';
  throw new UserError(
    `The directory of node ${node.id} is empty: ${decision.wait}. Nothing was started.`,
    'restore the directory, or delete the state directory with its data',
  );
}
