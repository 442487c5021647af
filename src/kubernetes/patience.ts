import { UserError } from '../console/user-error';

/** An obstacle has to stand this long: a volume, say, is bound some seconds after its pod is made. */
const PATIENCE_MS = 20_000;

/** Gives up on obstacles that have stood for a while. */
export class Patience {
  private since: number | undefined;

  check(obstacles: readonly string[]): void {
    this.since = obstacles.length === 0 ? undefined : (this.since ?? Date.now());
    if (this.since === undefined || Date.now() - this.since < PATIENCE_MS) return;
    throw new UserError(
      `It will not come up:\n  ${[...new Set(obstacles)].join('\n  ')}`,
      'mend that and apply again; what was applied stays',
    );
  }
}
