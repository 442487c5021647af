import { BROKER_CONTAINER } from '../components/kafka-cluster/names';
import type { Kubectl } from './kubectl';
import type { Pod } from './objects';

/** Lines of a log among which the last one of the guard is. */
const TAIL = 100;

const OF_GUARD = /^stop-guard: (.*)$/gm;

/**
 * Why nodes that are asked to stop wait, as their logs say last, with the command that ends the wait.
 * @param pods of nodes, also such as are not asked to stop
 */
export async function heldUpStops(kubectl: Pick<Kubectl, 'run'>, pods: readonly Pod[]): Promise<readonly string[]> {
  const ending = pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  const texts = ending.map(async ({ metadata: { name } }) => {
    // A container that has ended in the meantime has no log.
    const log = await kubectl.run(['logs', name, '--container', BROKER_CONTAINER, `--tail=${TAIL}`]).catch(() => '');
    const last = [...log.matchAll(OF_GUARD)].at(-1)?.[1] ?? '';
    return last.startsWith('waits ') ? [`${name} ${last}`] : [];
  });
  return (await Promise.all(texts)).flat();
}
