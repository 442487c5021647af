import { consoleProgress } from '../src/console/progress';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { buildImages, imageNames } from './runtime-image';

const program = new ProgramCommand('image')
  .description('Builds the images of the guard and of the platform’s other programs, and those of the examples.')
  .option('--names', 'only print the names of the images')
  .action(async ({ names = false }: { readonly names?: boolean }) => {
    if (names) {
      console.log(imageNames().join(' '));
      return;
    }
    const images = await buildImages(consoleProgress());
    console.log(`${images.join(', ')}  (into kind: kind load docker-image ${images.join(' ')})`);
  });

run(() => program.parseAsync());
