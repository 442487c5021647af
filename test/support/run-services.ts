import { silentProgress } from '../../src/console/progress';
import { run } from '../../src/console/run';
import { startLocally } from '../../src/embedded/start-locally';
import { oneBroker } from './local-platform';

const POLL_MS = 50;

/** A parent for the tests to kill: starts one broker with all that stands around it, and stays. */
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
