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
      const taken = Object.entries(brokers.listeners).find(([, number]) => number === guard.port)?.[0];
      return findingIf(taken !== undefined, {
        path: ['guard', 'port'],
        message: `port ${guard.port} is already taken by brokers.listeners.${taken ?? ''} in the same pod`,
        allowed: 'a port that no listener has',
        fix: 'leave guard.port out, or give it a port of its own',
      });
    },
  },
];
