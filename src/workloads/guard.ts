import { hostname } from 'node:os';
import { run } from '../console/run';
import { Guard } from '../components/kafka-cluster/guard/guard';
import { PASS, passCommand } from '../components/kafka-cluster/guard/pass-command';
import { askOwnGuard } from '../components/kafka-cluster/guard/ask-own-guard';
import { nodeWithId } from '../components/kafka-cluster/guard/settings';
import { UserError } from '../validation/user-error';
import { endBroker } from './end-broker';
import { required } from './environment';
import { ownGuardSettings } from './guard-settings';

/** What an operator decides. */
const COMMANDS: readonly string[] = [PASS, 'format'];

/**
 * The sidecar of a broker. The kubelet stops it after the broker. With arguments it tells the sidecar that runs in this pod what an
 * operator has decided: `pass` to wait no longer, `format initial` or `format join` how an empty disk is formatted.
 */
run(async () => {
  const settings = ownGuardSettings();
  const nodeId = Number(required('NODE_ID'));
  const words = process.argv.slice(2);
  if (words.length > 0) {
    const [command = ''] = words;
    if (!COMMANDS.includes(command)) {
      throw new UserError(`There is no command '${command}'.`, `it is one of: ${COMMANDS.join(', ')}`);
    }
    console.log(await askOwnGuard(nodeWithId(settings, nodeId).guardPort, `/${words.join('/')}`));
    return;
  }
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
