import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { UserError } from '../../src/validation/user-error';
import type { Finding } from './check';
import type { DryRun, Rendered } from './run';

/** Number of objects in one call. */
const AT_ONCE = 400;

/** Exists in every cluster, unlike the namespace of the configuration. */
const NAMESPACE = 'default';

/** Checks objects with server-side dry runs, which have no effect. Kinds that the cluster does not know are skipped. */
export async function apiServer(kubeconfig: string): Promise<DryRun> {
  const kubectl = (args: readonly string[], input?: string) => run(kubeconfig, args, input);
  const known = await kubectl(['api-resources', '--no-headers', '--output=wide']);
  if (known.code !== 0)
    throw new UserError(`the API server of ${kubeconfig} does not answer: ${known.stderr.trim()}`, 'start it');
  const kinds = new Set(known.stdout.split('\n').map((line) => /\s(?:true|false)\s+(\w+)/.exec(line)?.[1]));
  return async (rendered) => {
    const objects = rendered.filter(({ object }) => kinds.has(object.kind));
    const findings: Finding[] = [];
    for (let from = 0; from < objects.length; from += AT_ONCE)
      findings.push(...(await refused(objects.slice(from, from + AT_ONCE))));
    return findings;
  };

  /**
   * Halves a rejected list until single objects are left, because the response does not say which object was rejected.
   */
  async function refused(objects: readonly Rendered[]): Promise<readonly Finding[]> {
    const items = objects.map(({ object }) => inDefault(object));
    const { code, stderr } = await kubectl(
      [
        'apply',
        '--server-side',
        '--force-conflicts',
        '--dry-run=server',
        '--validate=strict',
        '--output=name',
        '--filename=-',
      ],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    if (code === 0) return [];
    const [first] = objects;
    if (objects.length === 1 && first !== undefined)
      return [{ seed: first.seed, kind: 'api server', what: wordsOf(first, stderr) }];
    const middle = Math.ceil(objects.length / 2);
    return [...(await refused(objects.slice(0, middle))), ...(await refused(objects.slice(middle)))];
  }
}

const inDefault = (object: Rendered['object']): unknown =>
  object.metadata.namespace === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };

const wordsOf = ({ object }: Rendered, stderr: string): string =>
  `${object.kind}: ${stderr.trim().replaceAll(object.metadata.name, '<name>').slice(0, 400)}`;

async function run(kubeconfig: string, args: readonly string[], input = '') {
  const child = spawn('kubectl', ['--kubeconfig', kubeconfig, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code };
}
