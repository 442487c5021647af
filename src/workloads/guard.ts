import { hostname } from 'node:os';
import { run } from '../console/run';
import { Guard } from '../components/kafka-cluster/guard/guard';
import { PASS, passCommand } from '../components/kafka-cluster/guard/pass-command';
import { requestPass } from '../components/kafka-cluster/guard/request-pass';
import { nodeWithId, type GuardSettings } from '../components/kafka-cluster/guard/settings';
import { UserError } from '../validation/user-error';
import { endBroker } from './end-broker';
import { jsonFile, required } from './environment';

/**
 * The sidecar of a broker. The kubelet stops it after the broker. With the argument `pass` it asks the sidecar that runs
 * in this pod to wait no longer.
 */
run(async () => {
  const settings = jsonFile('GUARD_SETTINGS') as GuardSettings;
  const nodeId = Number(required('NODE_ID'));
  const [command] = process.argv.slice(2);
  if (command === PASS) {
    console.log(await requestPass(nodeWithId(settings.nodes, nodeId).guardPort));
    return;
  }
  if (command !== undefined) throw new UserError(`There is no command '${command}'.`, `it is ${PASS}, or none`);
  const guard = new Guard({
    settings,
    nodeId,
    passCommand: passCommand({ namespace: settings.namespace, pod: hostname() }),
    say: (line) => console.log(line),
    endBroker,
  });
  process.once('SIGTERM', () => void guard.leave());
  await guard.run();
});
