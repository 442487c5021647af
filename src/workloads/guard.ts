import { run } from '../console/run';
import { Guard } from '../components/kafka-cluster/guard/guard';
import type { GuardSettings } from '../components/kafka-cluster/guard/settings';
import { endBroker } from './end-broker';
import { jsonFile, required } from './environment';

/** The sidecar of a broker. The kubelet stops it after the broker. */
run(async () => {
  const settings = jsonFile('GUARD_SETTINGS') as GuardSettings;
  const guard = new Guard({
    settings,
    nodeId: Number(required('NODE_ID')),
    say: (line) => console.log(line),
    endBroker,
  });
  process.once('SIGTERM', () => void guard.leave());
  await guard.run();
});
