import { rmSync } from 'node:fs';
import type { Platform } from '../../src/platform/load';
import type { LocalPlatform } from '../../src/local/local-platform';
import { applyTopics } from '../../src/components/topics/apply';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';

export interface CatalogueBrokers {
  readonly config: Platform;
  /** Directory for files of the tests; deleted with the brokers. */
  readonly directory: string;
  /** @throws before the tests have started */
  readonly platform: LocalPlatform;
}

/**
 * Three brokers with the topics of the catalogue, which run from before the first test of a file until after the last.
 */
export function catalogueBrokers(): CatalogueBrokers {
  const directory = temporaryDirectory();
  const config = threeBrokers(directory);
  let platform: LocalPlatform | undefined;
  beforeAll(async () => {
    platform = await startPlatform(config);
    await applyTopics({ connection: platform.connection, topics: config.topics });
  });
  afterAll(async () => {
    if (platform !== undefined) await discard(platform);
    rmSync(directory, { recursive: true });
  });
  return {
    config,
    directory,
    get platform() {
      if (platform === undefined) throw new Error('the brokers are not started yet');
      return platform;
    },
  };
}
