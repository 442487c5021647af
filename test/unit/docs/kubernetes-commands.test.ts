import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { listenerPorts } from '../../../src/components/kafka-cluster/listener-props';
import { loadConfig } from '../../../tools/support/environments';
import { ROOT, codeOf, documentationPages } from '../../support/documentation';
import { onPath } from '../../support/on-path';
import { programOutcome } from '../../support/program-outcome';

/** An address without a listener: a valid command fails only when it connects. */
const NO_SERVER = '--server=http://127.0.0.1:1';

const allLines = (): readonly string[] =>
  documentationPages()
    .flatMap(codeOf)
    .flatMap((code) => code.replaceAll(/\\\n/g, ' ').split('\n'))
    .map((line) => line.replace(/ +# .*$/, '').trim());

/** Unique command lines with this beginning, without those that contain a placeholder or another program. */
function shownOf(begin: string): readonly string[] {
  const lines = allLines().filter((line) => line.startsWith(begin) && !/[<>…|$]/.test(line));
  return [...new Set(lines)];
}

const run = (line: string) => programOutcome('bash', ['-c', line]);

/** `kind/name` of every object that is rendered for kind. */
const objects = new Set(
  readdirSync(join(ROOT, 'manifests/kind'))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(ROOT, 'manifests/kind', file), 'utf8')))
    .map(
      (document) => document.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } } | null,
    )
    .flatMap((object) => (object === null ? [] : [`${object.kind.toLowerCase()}/${object.metadata.name}`])),
);

/** The object in a word of a command; pods and claims count as their StatefulSet. */
function objectOf(word: string): string | undefined {
  if (/^(statefulset|deployment|cronjob|configmap)\//.test(word)) return word;
  const [, set] = /^(?:data-)?(kafka-[a-z]+)-\d$/.exec(word) ?? [];
  return set === undefined ? undefined : `statefulset/${set}`;
}

describe('commands of kubectl in the documentation', () => {
  const shown = shownOf('kubectl -n ');

  it('name objects of the platform', () => {
    const named = shown.flatMap((line) => line.split(/[\s=]+/).flatMap((word) => objectOf(word) ?? []));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !objects.has(name))).toEqual([]);
  });

  (onPath('kubectl') === undefined ? it.skip : it)('can be parsed', async () => {
    const outcomes = await Promise.all(
      shown.map(async (line) => ({ line, ...(await run(line.replace('kubectl', `kubectl ${NO_SERVER}`))) })),
    );
    expect(outcomes.filter(({ code, stderr }) => code === 0 || !stderr.includes('refused'))).toEqual([]);
  });
});

/** Brokers tell a client the addresses of the listener that it came by, and policies let no broker reach the clients' one. */
it('tools of Kafka that run in a broker reach the other brokers', () => {
  const servers = allLines()
    .filter((line) => line.includes('/opt/kafka/bin/'))
    .map((line) => /--bootstrap-server (\S+)/.exec(line)?.[1]);
  const { replication } = listenerPorts(loadConfig('production').brokers.listeners);
  expect(servers.length).toBeGreaterThan(30);
  expect(new Set(servers)).toEqual(new Set([`localhost:${replication}`]));
});

describe('commands of kind in the documentation', () => {
  const shown = shownOf('kind ');

  (onPath('kind') === undefined ? it.skip : it)('can be parsed', async () => {
    const outcomes = await Promise.all(shown.map(async (line) => ({ line, ...(await run(`${line} --help`)) })));
    // For an unknown sub-command, kind prints the help of the parent command.
    const isKnown = ({ line, stdout }: (typeof outcomes)[number]): boolean =>
      stdout.includes(`Usage:\n  ${line.split(' ').slice(0, 3).join(' ')} `);
    expect(outcomes.filter((each) => each.code !== 0 || !isKnown(each))).toEqual([]);
    expect(shown.length).toBeGreaterThan(3);
  });
});
