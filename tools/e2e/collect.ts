import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pod } from '../../src/deploy/objects';
import type { World } from './world';

/** Collects information about a failed scenario: events, objects, logs. */
export async function collect({ kubectl }: World, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const save = async (file: string, args: readonly string[]): Promise<void> =>
    writeFileSync(join(directory, file), await kubectl.run(args).catch((error: unknown) => String(error)));
  await save('nodes.txt', ['get', 'nodes', '--output', 'wide']);
  await save('events.txt', ['get', 'events', '--sort-by=.lastTimestamp']);
  await save('objects.txt', ['get', 'all,pvc,pdb,networkpolicy', '--output', 'wide']);
  await save('describe.txt', ['describe', 'pods']);
  for (const { metadata } of await kubectl.list<Pod>('pods')) {
    await save(`${metadata.name}.log`, ['logs', metadata.name, '--all-containers', '--prefix', '--tail=2000']);
    await save(`${metadata.name}.previous.log`, [
      'logs',
      metadata.name,
      '--all-containers',
      '--previous',
      '--tail=500',
    ]);
  }
}
