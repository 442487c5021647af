import { readFileSync } from 'node:fs';
import type { GuardFile, GuardSettings, GuardedNode } from './settings';

/**
 * What a guard knows, with the brokers of this moment: they come and go while it runs. Controllers stay those of the file
 * with which the pod was made.
 * @param readBrokers reads the brokers that are no controllers anew; while it throws, they are those of before
 */
export function liveSettings(
  { controllers, ...file }: GuardFile,
  readBrokers: () => readonly GuardedNode[],
): GuardSettings {
  let brokers: readonly GuardedNode[] = [];
  return {
    ...file,
    get nodes() {
      try {
        brokers = readBrokers();
      } catch {
        // Being replaced at this moment.
      }
      return [...controllers, ...brokers];
    },
  };
}

/** Reads a file with a list of nodes. */
export const nodesIn = (path: string) => (): readonly GuardedNode[] =>
  JSON.parse(readFileSync(path, 'utf8')) as readonly GuardedNode[];
