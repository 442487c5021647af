import { silentProgress } from '../../../src/console/progress';
import { deploy } from '../../../src/deploy/deploy';
import { AnsweringKubectl, quickClock, items, refusal } from '../../support/answering-kubectl';
import { DEFAULT, LOADED, SIZE, config, controllerSet, dnsPod, node, object, setOf } from '../../support/cluster-facts';

type Answered = Readonly<Record<string, unknown>>;

afterEach(() => jest.restoreAllMocks());

describe('a deploy', () => {
  /** Answers by the beginning of the command; functions are called for each command. */
  const CLUSTER: Answered = {
    version: { serverVersion: { minor: '34+' } },
    'get nodes': items(node('worker', LOADED)),
    'get storageclasses': items(object('standard', DEFAULT)),
    'get namespace': object('kafka'),
    'kube-system: get pods --selector k8s-app=kube-dns': items(dnsPod(true)),
    apply: refusal('the try'),
  };

  async function failureOf(cluster: Answered) {
    const answers = { ...CLUSTER, ...cluster };
    const kubectl = new AnsweringKubectl((command) => {
      const answer = Object.entries(answers).find(([start]) => command.startsWith(start))?.[1] ?? items();
      return typeof answer === 'function' ? (answer as () => unknown)() : answer;
    });
    const lines: string[] = [];
    const progress = { ...silentProgress, line: (text: string) => void lines.push(text) };
    const props = { config, kubectl, context: 'kind-test', manifests: 'manifests/kind', progress };
    const failure = await deploy(props).then(() => undefined, String);
    const changes = kubectl.commands.filter((command) => /^(apply|delete|patch|create) /.test(command));
    return { failure, changes, lines };
  }

  it('applies nothing to an unsuitable cluster, and reports all problems', async () => {
    const { failure, changes } = await failureOf({
      version: { serverVersion: { minor: '28' } },
      'get storageclasses': items(),
    });
    expect(failure).toMatch(/deploying to kind-test has \d problems; nothing was applied/);
    expect(failure).toMatch(/kind-test: version = [^]*brokers\.nodePools\.0\.storage\.storageClass/);
    expect(changes).toEqual([]);
  });

  it('tells of a half roll after the checks and before it changes anything', async () => {
    const half = { ...setOf(SIZE), status: { currentRevision: 'old', updateRevision: 'new' } };
    const pods = ['old', 'new'].map((revision) => ({
      metadata: {
        name: revision,
        labels: { 'controller-revision-hash': revision },
        ownerReferences: [{ uid: 'kafka-broker' }],
      },
      spec: {},
      status: {},
    }));
    const { lines, failure } = await failureOf({
      'get statefulsets': items(half, controllerSet),
      'get pods': items(...pods),
      'get controllerrevisions.apps': '',
    });
    expect(lines).toEqual([expect.stringContaining('kafka-broker is half rolled')]);
    expect(failure).toMatch(/the try/);
  });

  it('gives nodes time to report an image that was just loaded', async () => {
    let looks = 0;
    const { failure } = await failureOf({ 'get nodes': () => items(node('worker', (looks += 1) === 1 ? [] : LOADED)) });
    expect({ looks, failure }).toEqual({ looks: 2, failure: expect.stringMatching(/the try/) as string });
  });

  it('waits for nothing else', async () => {
    let looks = 0;
    const version = () => {
      looks += 1;
      return { serverVersion: { minor: '28' } };
    };
    const { failure } = await failureOf({ version });
    expect({ looks, failure }).toEqual({ looks: 1, failure: expect.stringMatching(/has one problem/) as string });
  });

  it('does not wait for an image if there are other problems, and not forever', async () => {
    const bare = items(node('worker', []));
    const both = await failureOf({ 'get nodes': bare, version: { serverVersion: { minor: '28' } } });
    expect(both.failure).toMatch(/has 4 problems/);
    quickClock();
    expect((await failureOf({ 'get nodes': bare })).failure).toMatch(
      /has 3 problems[^]*guard\.image = [^]*runtime\.image = [^]*applications\.order-service\.image = /,
    );
  });

  it('treats unreadable classes as present', async () => {
    const { failure } = await failureOf({ 'get priorityclasses': refusal('forbidden') });
    expect(failure).toMatch(/the try/);
  });

  it.each([
    [
      'nodes is forbidden: User "a" cannot list resource',
      /The cluster kind-test refuses access to its objects:\n {2}nodes is forbidden(?![^]*fix:)/,
    ],
    ['You must be logged in to the server', /refuses access to its objects/],
    [
      'dial tcp 127.0.0.1:6443: connection refused',
      /kind-test does not answer: dial tcp[^]*fix: +see kubectl config get-contexts/,
    ],
  ])(
    'that cannot read the cluster reports why, and blames the context only if nothing answers: %s',
    async (output, says) => {
      const { failure, changes } = await failureOf({ 'get nodes': refusal(output) });
      expect(failure).toMatch(says);
      expect(changes).toEqual([]);
    },
  );
});
