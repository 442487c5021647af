import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { loadConfig } from '../src/config/load';
import { run } from '../src/console/run';
import { startInBackground, stopPlatform, superviseLocally } from '../src/embedded/commands';
import { showLogs, showStatus } from '../src/embedded/show';

const program = new Command('platform').description(
  'The local platform: three brokers and what stands around them, as processes of this machine.',
);
const config = () => loadConfig('local');

program
  .command('start')
  .description('start in the background and wait until it is ready')
  .action(() => startInBackground(config()));
program
  .command('stop')
  .description('stop every process')
  .action(() => stopPlatform(config()));
program
  .command('status')
  .description('what runs, with endpoints; exit code 1 when it is not complete')
  .action(() => showStatus(config()));
program
  .command('logs')
  .description('print the end of logs')
  .argument('[part]', 'id of one broker, or name of what stands around them, as status lists it')
  .option('-n, --lines <count>', 'lines of each', '20')
  .action((part: string | undefined, { lines }: { lines: string }) =>
    showLogs(config(), { part, lines: Number(lines) }),
  );
program
  .command('run', { hidden: true })
  .description('start and stay until stopped')
  .action(() => superviseLocally(config()));
program
  .command('new-cluster-id')
  .description('print a cluster id for brokers.quorum.clusterId')
  .action(() => console.log(newClusterId()));

run(() => program.parseAsync());

function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}
