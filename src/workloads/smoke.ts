import { consoleProgress } from '../console/progress';
import { run } from '../console/run';
import { bootstrapAddress } from '../render/kubernetes-layout';
import { kubernetesServices } from '../smoke/kubernetes-services';
import { formatVerdict, smokeTest, verdictJson } from '../smoke/smoke-test';
import { mountedConfig, mountedSubjects } from './environment';

/** The smoke test in a pod: the verdict for people, then the same as JSON in the last line. */
run(async () => {
  const config = mountedConfig();
  const bootstrap = [bootstrapAddress(config)];
  const services = kubernetesServices(config);
  const subjects = services.registry === undefined ? [] : mountedSubjects();
  const verdict = await smokeTest({ config, bootstrap, services, subjects, progress: consoleProgress() });
  console.log(formatVerdict(verdict));
  console.log(verdictJson(verdict));
  if (!verdict.ok) process.exitCode = 1;
});
