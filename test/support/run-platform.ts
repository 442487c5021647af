import { run } from '../../src/console/run';
import { oneBroker, startPlatform } from './local-platform';

/** A parent for the tests to kill: starts one broker and stays. */
run(async () => {
  const platform = await startPlatform(oneBroker(process.argv[2] ?? ''));
  console.log(`broker ${platform.pid(0) ?? 0}`);
  setInterval(() => undefined, 1_000);
});
