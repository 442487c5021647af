import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeBlocksOf, readPage } from '../support/documentation';
import { ProjectCopy } from '../support/project-copy';

/** Downloads that the copy shares. */
const DOWNLOADS = ['.platform/jars', '.platform/registry'];

/** This test is part of it. */
const NOT_RUN = 'npm test';

const project = new ProjectCopy();

const commandsIn = (file: string): readonly string[] =>
  codeBlocksOf(readPage(file))
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n'))
    .map((line) => line.replace(/ +#.*$/, '').trim())
    .filter((line) => line !== '' && line !== NOT_RUN);

/** Runs a command without its pre-scripts, which install packages: the packages of the copy are shared. */
async function outcomeOf(command: string) {
  const [npm = '', ...words] = (command === 'npm start' ? 'npm start -- --once' : command).split(' ');
  const { code, stdout, stderr } = await project.run(npm, '--ignore-scripts', ...words);
  return { command, code, said: code === 0 ? '' : `${stdout}\n${stderr}` };
}

beforeAll(() => {
  mkdirSync(join(project.directory, '.platform'));
  for (const folder of DOWNLOADS) {
    mkdirSync(folder, { recursive: true });
    symlinkSync(resolve(folder), join(project.directory, folder));
  }
});

afterAll(async () => {
  await outcomeOf('npm run platform -- stop');
  project.remove();
});

describe('the page on running locally', () => {
  const commands = commandsIn('docs/getting-started/local.md');

  it('has commands that succeed one after the other', async () => {
    const outcomes = [];
    for (const command of commands) {
      outcomes.push(await outcomeOf(command));
      if (outcomes.at(-1)?.code !== 0) break;
    }
    expect(outcomes).toEqual(commands.map((command) => ({ command, code: 0, said: '' })));
  });

  it('begins with a start and ends with a stop', () => {
    expect([commands[0], commands.at(-1)]).toEqual(['npm start', 'npm run platform -- stop']);
  });
});

describe('the pages on kind and on production', () => {
  /** Commands that need no cluster, no image and no repository. */
  const isRunnable = (command: string): boolean => /^npm run (synth|platform)\b/.test(command);

  it.each(['docs/getting-started/kind.md', 'docs/getting-started/production.md'])(
    'have commands that succeed without a cluster: %s',
    async (page) => {
      const outcomes = [];
      for (const command of commandsIn(page).filter(isRunnable)) outcomes.push(await outcomeOf(command));
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    },
  );

  it('give the manifests the cluster id that is set', async () => {
    const { stdout } = await project.run('npm', 'run', '--silent', 'platform', '--', 'new-cluster-id');
    const id = stdout.trim();
    const file = 'platform/environments/production.ts';
    project.write(file, project.read(file).replace(/clusterId: '[^']+'/, `clusterId: '${id}'`));
    expect(await outcomeOf('npm run synth')).toMatchObject({ code: 0 });
    expect(Object.values(project.files('manifests/production')).join('\n')).toContain(id);
  });

  it('have a deploy that names a missing context', async () => {
    const [deploy = ''] = commandsIn('docs/getting-started/production.md').filter((line) => line.includes('deploy'));
    expect(deploy).toContain('--context my-cluster');
    const { code, said } = await outcomeOf(deploy);
    expect({ code, hasStack: /^ +at /m.test(said) }).toEqual({ code: 1, hasStack: false });
    expect(said).toContain('my-cluster');
  });
});
