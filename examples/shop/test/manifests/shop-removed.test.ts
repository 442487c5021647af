import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProjectCopy, everySource } from '../../../../test/support/project-copy';

const LINE = "export * from '../examples/shop';\n";

/** Tests that read files of the project, because the type check does not detect missing ones. */
const READERS = ['test/unit/docs', 'test/unit/scripts', 'test/unit/deploy', 'test/manifests/workloads.test.ts'];

const project = new ProjectCopy(everySource());

const program = (name: string, ...args: readonly string[]) => project.run(resolve('node_modules/.bin', name), ...args);

beforeAll(() => {
  rmSync(join(project.directory, 'examples/shop'), { recursive: true });
  project.replace('platform/examples.ts', LINE, '');
});

afterAll(() => project.remove());

describe('a project from which the folder of the shop and its line are deleted', () => {
  it('follows the guide', () => {
    const guide = project.read('docs/guides/remove-the-shop.md');
    for (const step of ['Delete the folder `examples/shop`', LINE.trim()]) expect(guide).toContain(step);
  });

  it('synthesizes manifests without the shop', async () => {
    const { code, stderr } = await project.run('node', '--import', 'tsx', 'src/cli/main.ts', 'synth');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'removed: manifests/kind/0009-applications.k8s.yaml\n' });
    const files = project.files('manifests');
    expect(Object.keys(files).length).toBeGreaterThan(10);
    const mentions = Object.entries(files).filter(([, text]) => /orders|page-views|payment|shop/.test(text));
    expect(mentions.map(([file]) => file)).toEqual([]);
  });

  it('compiles, with its tests, tools, benchmarks and the other examples', async () => {
    const { code, stdout } = await program('tsc', '--noEmit');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('keeps every test except those of the shop, each in one stage', async () => {
    const { stdout } = await program('jest', '--listTests', '--json');
    const copied = (JSON.parse(stdout) as readonly string[]).map((file) => file.slice(file.indexOf('/test/') + 1));
    const kept = Object.keys(project.files('test')).filter((file) => file.endsWith('.test.ts'));
    expect([...copied].sort()).toEqual(kept);
  });

  it('passes the tests that read its files', async () => {
    const projects = ['--selectProjects', 'unit', 'manifests'];
    const { code, stderr } = await program('jest', ...READERS, ...projects, '--ci', '--silent');
    expect(code === 0 ? '' : stderr).toBe('');
  });
});
