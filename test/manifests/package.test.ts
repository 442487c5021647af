import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasApiServer } from '../support/api-server';
import { ApplyTarget } from '../support/apply-target';
import { packedProject, type PackedProject } from '../support/packed-project';

/** A user's project: a cdk8s app with a cluster, a registry and two topics. */
const EXAMPLE = 'examples/import';

let project: PackedProject;
let directory = '';

const outcomeOf = (command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: directory, encoding: 'utf8' });
  return { code: status, stdout, stderr, hasStack: /^ +at /m.test(stderr) };
};

/** Runs the program of `npx kafka-platform`, without the overhead of npx. */
const command = (...args: readonly string[]) => outcomeOf('node_modules/.bin/kafka-platform', ...args);

beforeAll(() => {
  project = packedProject({ files: EXAMPLE, dependencies: ['cdk8s', 'constructs'] });
  ({ directory } = project);
}, 300_000);

afterAll(() => project.remove());

describe('a project that installs the package', () => {
  it('compiles with its types, and renders a cluster with registry and topics', () => {
    project.run(resolve('node_modules/.bin/tsc'), '--project', '.');
    project.run('node', 'main.js');
    const manifests = readFileSync(join(directory, 'dist/orders.k8s.yaml'), 'utf8');
    expect(manifests).toMatch(/kind: StatefulSet\nmetadata:[^]*?name: orders-broker\n {2}namespace: shop\n/);
    expect(manifests).toMatch(/kind: Deployment\nmetadata:[^]*?name: orders-registry\n {2}namespace: shop\n/);
    expect(manifests).toContain('"name": "invoices"');
    expect(manifests).toMatch(/team: shop/);
  });

  it('renders single components into its own chart', () => {
    const said = project.run('node', 'components.js');
    expect(said).toContain('registry: http://payments-registry.shop.svc.cluster.local:8080/apis/ccompat/v7');
    const manifests = readFileSync(join(directory, 'dist/payments.k8s.yaml'), 'utf8');
    const workloads = [...manifests.matchAll(/^kind: (StatefulSet|Deployment|Job)$/gm)].map(([, kind]) => kind);
    expect(workloads).toEqual(['StatefulSet', 'Job', 'Deployment']);
  });

  it('gets all problems of a configuration at once, before anything is rendered', () => {
    const read = (file: string): string => readFileSync(join(directory, file), 'utf8');
    const broken = read('platform/index.js')
      .replaceAll('partitions: 6', 'partitions: 0')
      .replace('replicas: 3', 'replicas: 2');
    writeFileSync(join(directory, 'broken-platform.js'), broken);
    writeFileSync(join(directory, 'broken.js'), read('main.js').replace('./platform', './broken-platform'));
    const { stderr } = outcomeOf('node', 'broken.js');
    expect(stderr).toContain('topic orders: partitions = 0');
    expect(stderr).toContain('brokers.nodePools.0.replicas = 2');
    expect(stderr).toContain('nothing was rendered');
  });

  it('has the commands', () => {
    const { code, stdout } = outcomeOf('npx', '--no-install', 'kafka-platform', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: kafka-platform [^]*\n {2}topics [^]*Example: npx kafka-platform topics plan\n$/);
  });

  it.each([[[]], [['--config', './platform/index.js', '--environment', 'production']]])(
    'gets an error if no broker answers: topics plan %j',
    (named) => {
      const { code, stderr, hasStack } = command('topics', 'plan', ...named, '--bootstrap', '127.0.0.1:1');
      expect(stderr).toContain('No broker answers (127.0.0.1:1: ');
      expect({ code, hasStack }).toEqual({ code: 1, hasStack: false });
    },
  );

  it('gets all problems of a configuration from a command, too, and missing files', () => {
    const broken = command('topics', 'plan', '--config', 'broken-platform.js', '--bootstrap', '127.0.0.1:1');
    expect(broken.stderr).toMatch(
      /broken-platform\.js, environments\.production has [^]*topic orders: partitions = 0[^]*brokers\.nodePools\.0\.replicas = 2/,
    );
    const missing = command('schemas', 'check');
    expect(missing.stderr).toMatch(/platform\/index\.js has no schemas\.\n {2}fix: /);
    expect([broken, missing].map(({ code, hasStack }) => ({ code, hasStack }))).toEqual(
      [broken, missing].map(() => ({ code: 1, hasStack: false })),
    );
  });

  it('gets the reason if Node.js does not load a definition in TypeScript', () => {
    writeFileSync(join(directory, 'typed.ts'), 'enum Never {}\nexport default <object>{ Never };\n');
    const { code, stderr, hasStack } = command('topics', 'plan', '--config', 'typed.ts');
    expect(stderr).toMatch(
      /typed\.ts is TypeScript that Node\.js \S+ cannot load by itself\.\n {2}fix: compile it[^]*tsx/,
    );
    expect({ code, hasStack }).toEqual({ code: 1, hasStack: false });
  });

  it('renders its environments by a command, with the files that programs read', () => {
    expect(command('synth').code).toBe(0);
    const header =
      '# Rendered by npx kafka-platform synth from platform/index.js, environments.production: change that, not this file.\n';
    expect(
      readFileSync(join(directory, 'manifests/production/0002-brokers.k8s.yaml'), 'utf8').slice(0, header.length),
    ).toBe(header);
    expect(command('synth').code).toBe(0);
    const packed = join(directory, 'node_modules/kafka-platform/dist/package/src');
    for (const file of ['status/page.html', 'status/page.mjs', 'local/kafka-settings/ParseSettings.java'])
      expect(existsSync(join(packed, file))).toBe(true);
  });

  (hasApiServer ? it : it.skip)('has its manifests accepted by an API server', async () => {
    const target = await ApplyTarget.start();
    try {
      const kubectl = target.kubectlIn('shop');
      await kubectl.run(['create', 'namespace', 'shop']);
      const file = join(directory, 'dist/orders.k8s.yaml');
      const said = await kubectl.run(['apply', '--server-side', '--dry-run=server', '--filename', file]);
      expect(said).toMatch(/statefulset.apps\/orders-broker serverside-applied/);
    } finally {
      target.stop();
    }
  });
});
