import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../console/run';
import { bootstrapAddress } from '../render/kubernetes-layout';
import { behind } from '../samples/behind';
import { judgeSamples } from '../samples/judge';
import { kubernetesServices } from '../smoke/kubernetes-services';
import { UserError } from '../console/user-error';
import { mountedConfig } from './environment';

const WITHIN_MS = 120_000;
const POLL_MS = 2_000;

/** Once the samples make no more events: waits until they are through, then judges them; the last line is JSON. */
run(async () => {
  const config = mountedConfig();
  const { registry } = kubernetesServices(config);
  if (registry === undefined) throw new UserError('There is no registry.', 'the samples need one');
  const bootstrap = [bootstrapAddress(config)];
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const open = await behind(bootstrap);
    if (open.length === 0) break;
    if (Date.now() > deadline) throw new UserError(`Not through: ${open.join('; ')}.`, 'see the logs of the samples');
    await delay(POLL_MS);
  }
  const judgement = await judgeSamples({ bootstrap, registry });
  console.log(JSON.stringify(judgement));
  if (Object.values(judgement.flaws).some((count) => count > 0)) process.exitCode = 1;
});
