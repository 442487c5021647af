import { consoleProgress } from '../src/console/progress';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { buildImages } from './runtime-image';

const program = new ProgramCommand('image')
  .description('Builds the image of the platform’s own programs and those of the examples.')
  .action(async () => {
    const images = await buildImages(consoleProgress());
    console.log(`${images.join(', ')}  (into kind: kind load docker-image ${images.join(' ')})`);
  });

run(() => program.parseAsync());
