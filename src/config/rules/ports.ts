import type { ParsedPlatform } from '../schema';
import { findingIf, type Rule } from './rule';

/** Ports of one broker's pod. */
export const portRules: readonly Rule[] = [
  {
    reads: ['brokers.listeners'],
    check: ({ brokers }) => {
      const entries = Object.entries(brokers.listeners);
      return entries.flatMap(([name, number], index) =>
        findingIf(entries.findIndex(([, other]) => other === number) < index, {
          path: ['brokers', 'listeners', name],
          message: `port ${number} is already taken by another listener of the same broker`,
          allowed: 'three different ports',
          fix: `give brokers.listeners.${name} a port of its own`,
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

/** By the settings that give them. */
const listenerPorts = ({ listeners }: ParsedPlatform['brokers']): Ports =>
  Object.fromEntries(Object.entries(listeners).map(([name, number]) => [`brokers.listeners.${name}`, number]));

const holderOf = (port: number, taken: Ports): string | undefined =>
  Object.entries(taken).find(([, number]) => number === port)?.[0];
