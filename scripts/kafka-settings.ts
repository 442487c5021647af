import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { brokersSchema } from '../src/components/kafka-cluster/props';
import { consoleProgress } from '../src/console/progress';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { kafkaClassPath } from '../src/local/class-path';
import { findJdk } from '../src/processes/jdk';
import { defineSettings } from '../src/local/kafka-settings/define-settings';
import { lineOf, releaseFile, releasesFile, type SettingsFile } from '../src/local/kafka-settings/settings-source';

const DIRECTORY = join(__dirname, '../src/kafka-settings');

const program = new ProgramCommand('kafka-settings')
  .description('Writes the table of Kafka’s own settings (src/kafka-settings) from the jars of a release.')
  .argument('[release]', 'such as 4.3.1', release, brokersSchema.shape.version.parse(undefined))
  .action(writeTables);

run(() => program.parseAsync());

function release(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new InvalidArgumentError('allowed: a release of Kafka, such as 4.3.1.');
}

async function writeTables(version: string): Promise<void> {
  const jdk = findJdk();
  const release = await consoleProgress().step(`settings of Kafka ${version}`, async () => {
    const classPath = await kafkaClassPath({ version, jdk });
    return defineSettings({ version, java: jdk.java, classPath });
  });
  write(releaseFile(release));
  const lines = readdirSync(DIRECTORY).map(lineOf);
  write(releasesFile(lines.filter((line) => line !== undefined)));
}

function write({ name, text }: SettingsFile): void {
  writeFileSync(join(DIRECTORY, name), text);
  console.log(`written: src/kafka-settings/${name}`);
}
