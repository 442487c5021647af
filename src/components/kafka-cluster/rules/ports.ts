import type { ClusterSettings } from '../cluster-settings';
import { LISTENER_NAMES } from '../listener-props';
import { findingIf, type Rule } from '../../../validation/rule';

/** Rules for the ports of a broker's pod. */
export const portRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.listeners'],
    check: ({ brokers }) =>
      LISTENER_NAMES.flatMap((wanted) => {
        const { length } = brokers.listeners.filter(({ name }) => name === wanted);
        return findingIf(length !== 1, {
          path: ['brokers', 'listeners'],
          message: length === 0 ? `there is no listener ${wanted}` : `there are ${length} listeners ${wanted}`,
          allowed: `each of ${LISTENER_NAMES.join(', ')} once`,
          fix: 'leave brokers.listeners out to have the default ports, or name each listener once',
        });
      }),
  },
  {
    reads: ['brokers.listeners'],
    check: ({ brokers }) => {
      const { listeners } = brokers;
      return listeners.flatMap(({ name, port }, index) =>
        findingIf(listeners.findIndex((other) => other.port === port) < index, {
          path: ['brokers', 'listeners', index, 'port'],
          message: `port ${port} is already taken by another listener of the same broker`,
          allowed: 'a port of its own for each listener',
          fix: `give the listener ${name} a port of its own`,
        }),
      );
    },
  },
  {
    reads: ['guard.port', 'brokers.listeners'],
    check: ({ guard, brokers }) => {
      const taken = holderOf(guard.port, listenerPorts(brokers));
      return findingIf(taken !== undefined, {
        path: ['guard', 'port'],
        message: `port ${guard.port} is already taken by ${taken ?? ''} in the same pod`,
        allowed: 'a port that no listener has',
        fix: 'leave guard.port out, or give it a port of its own',
      });
    },
  },
  {
    reads: ['monitoring.brokerPort', 'guard.port', 'brokers.listeners'],
    check: ({ monitoring, guard, brokers }) => {
      const taken = holderOf(monitoring.brokerPort, { ...listenerPorts(brokers), 'guard.port': guard.port });
      return findingIf(taken !== undefined, {
        path: ['monitoring', 'brokerPort'],
        message: `port ${monitoring.brokerPort} is already taken by ${taken ?? ''} in the same pod`,
        allowed: 'a port that neither a listener nor the guard has',
        fix: 'leave monitoring.brokerPort out, or give it a port of its own',
      });
    },
  },
];

type Ports = Readonly<Record<string, number>>;

/** Ports by the name of their holder. */
const listenerPorts = ({ listeners }: ClusterSettings['brokers']): Ports =>
  Object.fromEntries(listeners.map(({ name, port }) => [`the listener ${name}`, port]));

const holderOf = (port: number, taken: Ports): string | undefined =>
  Object.entries(taken).find(([, number]) => number === port)?.[0];
