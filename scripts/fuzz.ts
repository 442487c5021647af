import { loadConfig } from '../tools/support/environments';
import { wholeNumberFrom } from '../src/console/option-parsers';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { kafkaClassPath } from '../src/local/class-path';
import { findJdk } from '../src/processes/jdk';
import { apiServer } from '../tools/fuzz/api-server';
import { findingsText, fuzz } from '../tools/fuzz/run';

interface Options {
  readonly runs: number;
  readonly seed?: number;
  readonly kubeconfig?: string;
  readonly renderOneOf: number;
}

const program = new ProgramCommand('fuzz')
  .description(
    'Draws configurations: what is accepted has to pass Kafka’s own parser and an API server’s dry run, what is refused has to say why.',
  )
  .option('--runs <count>', 'how many', wholeNumberFrom(1), 1_000)
  .option('--seed <number>', 'of the first run, as a run has printed it (default: random)', wholeNumberFrom(0))
  .option('--kubeconfig <file>', 'of a cluster whose API server is asked, without effect (default: that of KUBECONFIG)')
  .option('--render-one-of <count>', 'render one of so many that are accepted', wholeNumberFrom(1), 1)
  .action(async ({ runs, seed = Math.floor(Math.random() * 1_000_000), kubeconfig, renderOneOf }: Options) => {
    console.log(`seed ${seed}`);
    const jdk = findJdk();
    const kafka = {
      java: jdk.java,
      classPath: await kafkaClassPath({ version: loadConfig('local').brokers.version, jdk }),
    };
    const file = kubeconfig ?? process.env['KUBECONFIG'];
    const dryRun = file === undefined ? undefined : await apiServer(file);
    if (dryRun === undefined) console.log('no API server is asked: neither --kubeconfig nor KUBECONFIG names one');
    const { findings, accepted, refused, rendered, asked } = await fuzz({
      runs,
      seed,
      kafka,
      renderOneOf,
      ...(dryRun && { dryRun }),
      say: (line) => console.error(line),
    });
    if (findings.length > 0) console.log(findingsText(findings));
    console.log(
      `${runs} runs: ${accepted} accepted (${rendered} rendered, ${asked} objects tried), ${refused} refused, ${findings.length} findings`,
    );
    if (findings.length > 0) process.exitCode = 1;
  });

run(() => program.parseAsync());
