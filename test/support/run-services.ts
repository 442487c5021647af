import { silentProgress } from '../../src/console/progress';
import { run } from '../../src/console/run';
import { startLocally } from '../../src/local/start-locally';
import { oneBroker } from '../../tools/support/local-platform';

const POLL_MS = 50;

/** A parent process that tests kill: starts one broker and the other local processes, and keeps running. */
run(async () => {
  const { platform, services } = await startLocally({
    config: oneBroker(process.argv[2] ?? ''),
    progress: silentProgress,
    onCrash: (error) => console.error(error.message),
  });
  const timer = setInterval(() => {
    const pids = [
      platform.pid(0),
      services.pid('registry'),
      ...(services.url('prometheus') === undefined ? [] : [services.pid('prometheus')]),
    ];
    if (pids.includes(undefined)) return;
    clearInterval(timer);
    console.log(`processes ${pids.join(' ')}`);
  }, POLL_MS);
  setInterval(() => undefined, 1_000);
});
