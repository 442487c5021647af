import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { buildRuntimeImage } from './runtime-image';

run(async () => {
  const image = await buildRuntimeImage(consoleProgress());
  console.log(`${image}  (into kind: kind load docker-image ${image})`);
});
