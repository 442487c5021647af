import { run } from '../../src/console/run';
import { Kubectl } from '../../src/deploy/kubectl';
import { forward } from '../../src/deploy/port-forward';

/** A parent process that tests kill: forwards a port with the first `kubectl` of PATH and keeps running. */
run(async () => {
  const { url } = await forward(new Kubectl({ namespace: 'kafka' }), { service: 'kafka-ui', port: 8080 });
  console.log(url);
  setInterval(() => undefined, 1_000);
});
