import { explainLog } from '../console/first-error';
import { KubectlError, type Kubectl } from './kubectl';
import type { EndedContainer, Obstacle } from './obstacles';

/** Maximum size of the log that is searched. */
const LOG_BYTES = 8 * 1024 * 1024;

/** Why a container ended: the first error of its log, or the termination message that the kubelet kept. */
export async function explainEnd(kubectl: Kubectl, ended: EndedContainer): Promise<string> {
  const { pod, container, isPrevious, message } = ended;
  try {
    return explainLog(
      await kubectl.run([
        'logs',
        pod,
        `--container=${container}`,
        `--limit-bytes=${LOG_BYTES}`,
        ...(isPrevious ? ['--previous'] : []),
      ]),
    );
  } catch (error) {
    // The log of an ended container is deleted after some time, and with its node.
    if (!(error instanceof KubectlError)) throw error;
    return explainLog(message ?? '');
  }
}

/** Descriptions of obstacles, each with the reason from the container's log. */
export async function obstacleTexts(kubectl: Kubectl, obstacles: readonly Obstacle[]): Promise<readonly string[]> {
  const texts = obstacles.map(async ({ text, ended }) =>
    ended === undefined ? text : `${text}:\n${indented(await explainEnd(kubectl, ended))}`,
  );
  return [...new Set(await Promise.all(texts))];
}

export const indented = (text: string): string => `    ${text.replaceAll('\n', '\n    ')}`;
