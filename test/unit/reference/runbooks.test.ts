import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alertNames, alertsByGroup } from '../../../src/components/derived';
import { RUNBOOK_FOLDER } from '../../../src/monitoring/runbooks';
import { componentsOf } from '../../../src/platform/components';
import { loadConfig } from '../../../tools/support/environments';
import { renderObjects } from '../../../tools/support/manifests';
import { sectionsOf, shellCommands } from '../../support/markdown';

const SECTIONS = ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'];

/** The commands contain names of this environment. */
const config = loadConfig('production');
const alerts = alertNames(componentsOf(config));
const objects = renderObjects(config);

const pageOf = (alert: string): string => readFileSync(join(RUNBOOK_FOLDER, `${alert}.md`), 'utf8');
const pages = readdirSync(RUNBOOK_FOLDER).filter((file) => file !== 'README.md');
const commandsOf = (alert: string): readonly string[] => shellCommands(pageOf(alert));

it('each alert has a runbook, and each runbook has an alert', () => {
  expect(pages).toEqual(alerts.map((name) => `${name}.md`).sort());
});

describe.each([...alerts].sort())('runbook of %s', (alert) => {
  it('has a title and all sections, none of them empty', () => {
    const sections = sectionsOf(pageOf(alert));
    expect(pageOf(alert)).toMatch(new RegExp(`^# ${alert}\n`));
    expect(sections.map(({ title }) => title)).toEqual(SECTIONS);
    expect(sections.filter(({ text }) => text.trim().length < 30)).toEqual([]);
  });

  it('describes diagnosis and remedy, in Kubernetes and on one machine', () => {
    const [, , diagnosis, mitigation] = sectionsOf(pageOf(alert));
    for (const text of [diagnosis?.text, mitigation?.text]) {
      expect(text).toMatch(/In Kubernetes:\n\n```sh\n/);
      expect(text).toMatch(/On one machine:\n\n```sh\n/);
    }
  });

  it('links to pages that exist', () => {
    const links = [...pageOf(alert).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(RUNBOOK_FOLDER, link)))).toEqual([]);
  });

  it('names settings that exist', () => {
    const named = settingsIn(`${pageOf(alert)} ${textOf(alert)}`);
    expect(named.filter((path) => !settings.includes(`| \`${path}\` |`) && !settings.includes(`## ${path}\n`))).toEqual(
      [],
    );
  });

  it('has commands for objects that are in the manifests', () => {
    expect(commandsOf(alert).flatMap(unknownObjects)).toEqual([]);
  });

  it('has commands and options of this project that exist', () => {
    expect(commandsOf(alert).flatMap(unknownOptions)).toEqual([]);
  });
});

const settings = readFileSync('docs/reference/configuration.md', 'utf8');

/** The description of an alert, which contains settings, too. */
const textOf = (name: string): string =>
  alertsByGroup(componentsOf(config))
    .flatMap((group) => group.alerts)
    .find((alert) => alert.name === name)?.description ?? '';

const settingsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w./-])(?:applications|brokers|guard|monitoring|registry|ui)\.[a-zA-Z<][\w.<>]*[\w>]/g)].map(
    ([path]) => path,
  );

const named = (kind: string): readonly string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

const containers = JSON.stringify(objects);

/** Objects in a kubectl command that are not in the manifests. */
function unknownObjects(command: string): readonly string[] {
  if (!command.startsWith('kubectl')) return [];
  const known: Readonly<Record<string, readonly string[]>> = {
    statefulset: named('StatefulSet'),
    deployment: [...named('Deployment'), '<deployment>'],
  };
  const kinds = [...command.matchAll(/ (statefulset|deployment)[/ ](\S+)/g)].filter(
    ([, kind = '', name = '']) => !known[kind]?.includes(name),
  );
  const pods = [...command.matchAll(/(?<= |data-)(kafka-[a-z-]+)-(<id>|\d)(?= )/g)].filter(
    ([, set = '']) => !named('StatefulSet').includes(set),
  );
  const inside = [...command.matchAll(/ -c ([a-z-]+)(?= )/g)].filter(
    ([, name = '']) => !containers.includes(`"name":"${name}"`),
  );
  const labels = [...command.matchAll(/app\.kubernetes\.io\/([a-z]+)=([\w-]+)/g)].filter(
    ([, key = '', value = '']) => !containers.includes(`"app.kubernetes.io/${key}":"${value}"`),
  );
  const namespace =
    command.startsWith(`kubectl -n ${config.namespace} `) || command.startsWith('kubectl describe node');
  return [...kinds, ...pods, ...inside, ...labels].map(([text]) => text).concat(namespace ? [] : [command]);
}

const help = readFileSync('docs/reference/commands.md', 'utf8').split(/^##+ /m);

/** Options in a command of this project that are not in its help. */
function unknownOptions(command: string): readonly string[] {
  const [, name = '', rest = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(command) ?? [];
  if (name === '') return [];
  const [first = '', ...words] = rest.replace(/ >.*/, '').split(' ');
  const text = help.find(
    (part) => [name, `${name} ${first}`].includes(part.slice(0, part.indexOf('\n'))) && !part.includes('[command]'),
  );
  if (text === undefined) return [command];
  return [first, ...words].filter((word) => word.startsWith('--') && !text.includes(` ${word}`));
}
