import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { valueSubject, type AvroSchema } from '../../src/avro/subject';
import { makeTopics } from './make-topics';
import { packedProject, type PackedProject } from './packed-project';
import type { PlatformWithRegistry } from '../../tools/support/platform-with-registry';

const TSC = resolve('node_modules/.bin/tsc');
const TOPICS = ['invoices', 'payouts', 'invoices.billing.retry.1s', 'invoices.billing.dlq'];

/** Lines of a program that must not compile, each with the name that the compiler must report. */
const WRONG = {
  "void producer.send('invoice', { value: null });": 'invoice',
  "void producer.send('invoices', { value: 'text' });": 'Encoded<"invoices">',
  "serde.encode('invoices', { id: 'a' });": 'cents',
  "void clients.startRetryingConsumer({ connection, chain: 'shipping', handle: () => undefined });": 'shipping',
} as const;

const HEAD = `import type { EventSerde } from 'kafka-platform/client';
import { catalogue, clients } from './catalogue';
declare const serde: EventSerde<typeof catalogue.schemas, 'invoices'>;
const connection = { bootstrapServers: [], clientId: 'billing' };
const producer = clients.createProducer({ connection });
`;

/**
 * Output of the project in `examples/client-project`, which uses the packed package and nothing else of this
 * repository.
 */
export interface ProjectOutcome {
  readonly outcomes: readonly string[];
  readonly billed: readonly string[];
  readonly retried: readonly string[];
  readonly deadLetters: readonly string[];
  readonly payouts: readonly string[];
}

/** Installs the package in an empty project with its own catalogue, and compiles it. @returns functions to run it */
export function clientProject() {
  const project = packedProject({ files: 'examples/client-project' });
  project.run(TSC, '--project', '.');
  return {
    remove: project.remove,
    complaints: () => complaints(project),
    run: (platform: PlatformWithRegistry) => runProject(project, platform),
  };
}

/** The compiler's message for each wrong line. */
function complaints({ directory }: PackedProject) {
  const lines = Object.entries(WRONG);
  writeFileSync(join(directory, 'wrong.ts'), `${HEAD}${lines.map(([line]) => `${line}\n`).join('')}`);
  const options = ['--noEmit', '--strict', '--target', 'ES2022', '--module', 'Node16', '--types', 'node'];
  const { stdout } = spawnSync(TSC, [...options, 'wrong.ts'], { cwd: directory, encoding: 'utf8' });
  const first = HEAD.split('\n').length;
  const saidOf = (line: number): string =>
    stdout
      .split(/\n(?=\S)/)
      .filter((each) => each.startsWith(`wrong.ts(${line},`))
      .join('\n');
  const others = stdout.split('\n').filter((each) => /error TS\d+/.test(each)).length - lines.length;
  return {
    others,
    lines: lines.map(([line, name], index) => ({ line, isNamed: saidOf(first + index).includes(name) })),
  };
}

async function runProject(
  { run }: PackedProject,
  { connection, registry, client }: PlatformWithRegistry,
): Promise<ProjectOutcome> {
  await makeTopics(
    connection,
    TOPICS.map((topic) => ({ topic, numPartitions: 3, replicationFactor: 1 })),
  );
  const printed = run('node', '-p', "JSON.stringify(require('./catalogue').catalogue.schemas)");
  for (const [topic, versions] of Object.entries(JSON.parse(printed) as Record<string, readonly AvroSchema[]>))
    for (const schema of versions) await client.register(valueSubject(topic), schema);
  return JSON.parse(run('node', 'main.js', connection.bootstrapServers.join(','), registry)) as ProjectOutcome;
}
