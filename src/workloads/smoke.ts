import { componentsOf } from '../platform/components';
import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { bootstrapConnection } from '../components/kafka-cluster/kubernetes-layout';
import { kubernetesServices } from '../components/smoke-test/kubernetes-services';
import { formatVerdict, verdictJson } from '../components/smoke-test/smoke-test';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import { CLIENT_IDS } from '../protocol/client-ids';
import { smokeTest } from '../platform/smoke-test';
import { mountedConfig, mountedSubjects } from './mounted-config';

/** The smoke test in a pod: prints the verdict as text, then as JSON in the last line. */
run(async () => {
  const config = mountedConfig();
  const connection = bootstrapConnection(config, CLIENT_IDS.smoke);
  const services = kubernetesServices(componentsOf(config));
  const subjects = services[SCHEMA_REGISTRY] === undefined ? [] : mountedSubjects();
  const verdict = await smokeTest({ config, connection, services, subjects, progress: consoleProgress() });
  console.log(formatVerdict(verdict));
  console.log(verdictJson(verdict));
  if (!verdict.ok) process.exitCode = 1;
});
