import { headerFor } from '../../tools/support/rendering';
import { ProjectCopy } from '../support/project-copy';

const SYNTH = [
  ['npm run synth', ['npm', 'run', '--silent', 'synth']],
  ['npx cdk8s synth', ['node_modules/.bin/cdk8s', 'synth', '--no-check-upgrade']],
] as const;

const STACK = /^ +at /m;

/** Stack trace of our code; the CLI adds one of its own error. */
const STACK_OF_OURS = /^ +at .*\/src\//m;

/** Foreign files among the manifests. */
const FOREIGN = {
  'manifests/README.md': 'How we deploy.\n',
  'manifests/kind/kustomization.yaml': 'resources: [0000-namespace.k8s.yaml]\n',
  'manifests/kind/0100-sealed-secret.k8s.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n',
  'manifests/kind/patches/brokers.yaml': `${headerFor('kind')}\nkind: StatefulSet\n`,
  'manifests/production/.sops.yaml': 'creation_rules: []\n',
  'manifests/kind-frozen/0003-brokers.k8s.yaml': `${headerFor('kind')}\nkind: StatefulSet\n`,
  'manifests/retired/notes.txt': 'Until spring.\n',
};

/** Obsolete files of synthesis, from this release and from one without headers. */
const STALE = {
  'manifests/kind/0010-samples.k8s.yaml': `${headerFor('kind')}\nkind: Deployment\n`,
  'manifests/kind/0011-ui.k8s.yaml':
    'apiVersion: v1\nmetadata:\n  labels:\n    app.kubernetes.io/part-of: kafka-platform\n',
  'manifests/retired/0000-namespace.k8s.yaml': `${headerFor('retired')}\nkind: Namespace\n`,
  'manifests/gone/0000-namespace.k8s.yaml': `${headerFor('gone')}\nkind: Namespace\n`,
  'manifests/kind/.0003-brokers.k8s.yaml.99999999.new': 'half of a f',
};

let project: ProjectCopy;

beforeEach(() => {
  project = new ProjectCopy();
});

afterEach(() => project.remove());

describe.each(SYNTH)('%s', (_, [command, ...args]) => {
  it('replaces and removes synthesized files, and keeps foreign files', async () => {
    const committed = project.files('manifests');
    for (const [file, content] of Object.entries({ ...FOREIGN, ...STALE })) project.write(file, content);
    project.replace('manifests/kind/0000-namespace.k8s.yaml', 'kind: Namespace', 'kind: EditedByHand');
    const { code, stderr } = await project.run(command, ...args);
    expect({ code, stack: STACK.test(stderr) }).toEqual({ code: 0, stack: false });
    expect(project.files('manifests')).toEqual({ ...committed, ...FOREIGN });
  });

  it('changes nothing if an environment is broken, and reports all problems with file and topic', async () => {
    for (const [file, content] of Object.entries({ ...FOREIGN, ...STALE })) project.write(file, content);
    project.replace(
      'platform/topics.ts',
      'catalogue = [smokeTopic',
      "catalogue = [{ ...smokeTopic, name: 'no-partitions', partitions: 0 }, smokeTopic",
    );
    project.replace('platform/environments/kind.ts', 'shutdownMs: minutes(1)', 'shutdownMs: seconds(5)');
    project.replace('platform/environments/production.ts', '[...catalogue]', 'catalogue.slice(1)');
    project.replace('platform/environments/production.ts', 'replicas: 2', 'replicas: 20');
    project.replace('platform/environments/local.ts', "logLevel: 'WARN'", "logLevel: 'LOUD'");
    const subject = "{ topic: 'platform-smoke', compatibility: 'FULL_', versions: ['smoke.v1.avsc'] },";
    project.replace('platform/schemas/catalogue.ts', 'schemaCatalogue = [', `schemaCatalogue = [${subject}`);
    const before = project.files('manifests');
    const { code, stderr } = await project.run(command, ...args);
    expect(project.files('manifests')).toEqual(before);
    expect({ failed: code !== 0, stack: STACK_OF_OURS.test(stderr) }).toEqual({ failed: true, stack: false });
    expect(stderr.match(/topic no-partitions: partitions = 0 {3}\(in local, kind\)\n/g)).toHaveLength(1);
    for (const said of [
      /platform\/topics\.ts has one problem; nothing was written\n\n {2}topic no-partitions: partitions = 0 {3}\(in local, kind\)\n[^]*allowed: [^]*fix: {5}set partitions of topic no-partitions to /,
      /platform\/environments\/local\.ts has one problem; [^]*brokers\.logLevel = "LOUD"/,
      /platform\/environments\/kind\.ts has one problem; [^]*brokers\.shutdownMs = /,
      /platform\/environments\/production\.ts has one problem; [^]*registry\.replicas = 20/,
      /platform\/schemas\/catalogue\.ts has one problem; [^]*platform-smoke compatibility = "FULL_"/,
    ])
      expect(stderr).toMatch(said);
  });
});

describe('a read-only command', () => {
  it('of the CLI does not change the committed manifests', async () => {
    const committed = project.files('manifests');
    const { code, stdout } = await project.run('node_modules/.bin/cdk8s', 'synth', '--stdout', '--no-check-upgrade');
    expect({ code, hasBrokers: stdout.includes('kind: StatefulSet') }).toEqual({ code: 0, hasBrokers: true });
    expect(project.files('manifests')).toEqual(committed);
  });
});

describe('npm start', () => {
  it('starts nothing if a Kubernetes environment is broken, and reports its problems with those of this machine', async () => {
    project.replace('platform/environments/production.ts', 'replicas: 2', 'replicas: 20');
    project.replace('platform/environments/local.ts', "logLevel: 'WARN'", "logLevel: 'LOUD'");
    const { code, stderr } = await project.run(
      process.execPath,
      '--import',
      'tsx',
      'src/cli/main.ts',
      'start',
      '--once',
    );
    expect(stderr).toMatch(/registry\.replicas = 20/);
    expect(stderr).toMatch(/brokers\.logLevel = "LOUD"/);
    expect(stderr).not.toContain('Kafka 4');
    expect(code).toBe(1);
  });
});
