import type { ClusterSettings } from '../cluster-settings';
import type { NodePool } from '../node-pool-props';
import { NODES_READ, brokersOf, isBroker, isVoter } from '../nodes';
import { eachPool } from './each-pool';
import { findingIf, type Rule } from '../../../validation/rule';

type Ids = readonly [first: number, last: number];

const idsOf = ({ firstId, replicas }: NodePool): Ids => [firstId, firstId + replicas - 1];

const overlap = ([a, b]: Ids, [c, d]: Ids): boolean => a <= d && c <= b;

/** Rules for the pools beside each other. */
export const nodePoolRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.nodePools.*.name'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, { name }) =>
        findingIf(brokers.nodePools.findIndex((pool) => pool.name === name) < Number(path.at(-1)), {
          path: [...path, 'name'],
          message: 'another pool has this name, and the names of StatefulSets and pods follow from it',
          allowed: 'a name of its own for each pool',
          fix: `give ${path.join('.')} another name`,
        }),
      ),
  },
  {
    reads: ['brokers.nodePools.*.roles'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, { roles }) =>
        findingIf(roles.length === 0 || new Set(roles).size < roles.length, {
          path: [...path, 'roles'],
          message: roles.length === 0 ? 'nodes without a role do nothing' : 'a role is named twice',
          allowed: 'controller, broker, or both, each once',
          fix: `leave ${path.join('.')}.roles out for nodes that are both`,
        }),
      ),
  },
  {
    reads: ['brokers.nodePools.*.metadataStorage', 'brokers.nodePools.*.roles'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, pool) => {
        const hasOneRole = isBroker({ pool }) !== isVoter({ pool });
        return findingIf(pool.metadataStorage !== undefined && hasOneRole, {
          path: [...path, 'metadataStorage'],
          message: isBroker({ pool })
            ? 'the metadata log of a broker that is no controller is a copy without a vote, which it reads again from the controllers when it is lost'
            : 'a controller that is no broker keeps nothing but the metadata log, and that is on the volume of storage already',
          allowed: 'not set, except for pools with both roles',
          fix: `remove ${path.join('.')}.metadataStorage${isBroker({ pool }) ? '' : `, and set ${path.join('.')}.storage to what it says`}`,
        });
      }),
  },
  {
    reads: NODES_READ,
    check: ({ brokers }) =>
      findingIf(brokersOf(brokers).length === 0, {
        path: ['brokers', 'nodePools'],
        message: 'no node has the role broker: there would be nothing to store topics',
        allowed: 'pools of which at least one has the role broker',
        fix: "give a pool the role broker, or add one: { roles: ['broker'] }",
      }),
  },
  {
    reads: NODES_READ,
    check: ({ brokers }) =>
      eachPool(brokers, (path, pool) => {
        const own = idsOf(pool);
        const other = brokers.nodePools.slice(0, Number(path.at(-1))).find((one) => overlap(own, idsOf(one)));
        const [first, last] = other === undefined ? [0, 0] : idsOf(other);
        return findingIf(other !== undefined, {
          path: [...path, 'firstId'],
          message: `the ids ${own[0]} to ${own[1]} of this pool overlap with ${first} to ${last} of the pool ${other?.name ?? ''}`,
          allowed: 'an id of its own for each node, with room for the pools to grow',
          fix: `set ${path.join('.')}.firstId to ${nextFree(brokers.nodePools)} or more`,
        });
      }),
  },
];

/** Ids of pools begin at multiples of it, so that a pool can grow up to it. */
const ROOM = 10;

const nextFree = (pools: readonly NodePool[]): number =>
  (Math.floor(Math.max(...pools.map((pool) => idsOf(pool)[1])) / ROOM) + 1) * ROOM;
