import { UserError } from '../validation/user-error';
import { obstacleTexts } from './explain-end';
import type { Kubectl } from './kubectl';
import type { Pod } from './objects';
import { podObstacles, restartsOf, type Restarts } from './obstacles';

/**
 * Minimum duration of an obstacle. Some are temporary: a volume, for example, is bound some seconds after the pod is
 * created.
 */
const LASTING_MS = 20_000;

/** Fails for obstacles that persist. */
export class LastingObstacles {
  private since: number | undefined;
  private before: Restarts | undefined;

  constructor(private readonly kubectl: Kubectl) {}

  /**
   * Checks the pods that are being waited for. Restarts before the first check do not count.
   * @param remedy what to do about them, if that is known
   * @throws {UserError} with the reason of each obstacle, from the log if a container ended
   */
  async check(pods: readonly Pod[], remedy?: () => Promise<string | undefined>): Promise<void> {
    this.before ??= restartsOf(pods);
    const { before } = this;
    const obstacles = pods.flatMap((pod) => podObstacles(pod, before));
    this.since = obstacles.length === 0 ? undefined : (this.since ?? Date.now());
    if (this.since === undefined || Date.now() - this.since < LASTING_MS) return;
    const texts = await obstacleTexts(this.kubectl, obstacles);
    throw new UserError(`Pods cannot start; the applied objects are kept:\n  ${texts.join('\n  ')}`, await remedy?.());
  }
}
