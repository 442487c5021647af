import { run } from '../../src/console/run';
import { oneBroker, startPlatform } from '../../tools/support/local-platform';

/** A parent process that tests kill: starts one broker and keeps running. */
run(async () => {
  const platform = await startPlatform(oneBroker(process.argv[2] ?? ''));
  console.log(`broker ${platform.pid(0) ?? 0}`);
  setInterval(() => undefined, 1_000);
});
