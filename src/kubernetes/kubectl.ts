import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { UserError } from '../console/user-error';

/** An object as the API server tells it; only what is read is typed at the place where it is read. */
export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

interface KubectlProps {
  /** @default the current context */
  readonly context?: string | undefined;
  readonly namespace: string;
}

interface CallOptions {
  /** Text for standard input. */
  readonly input?: string;
}

/** `kubectl` against one namespace of one cluster. */
export class Kubectl {
  constructor(private readonly props: KubectlProps) {}

  /** @returns standard output @throws {KubectlError} when kubectl fails @throws {UserError} when there is none */
  run(args: readonly string[], { input }: CallOptions = {}): Promise<string> {
    return new Promise((done, fail) => {
      const child = this.spawn(args);
      let output = '';
      let errors = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      child.once('error', () => fail(NOT_INSTALLED));
      child.once('close', (code) =>
        code === 0 ? done(output) : fail(new KubectlError(args.join(' '), errors.trim() || output.trim())),
      );
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  }

  /** For what goes on until it is ended. */
  spawn(args: readonly string[]): ChildProcessWithoutNullStreams {
    const { context, namespace } = this.props;
    const all = [...(context === undefined ? [] : ['--context', context]), '--namespace', namespace, ...args];
    return spawn('kubectl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  async json<T>(args: readonly string[]): Promise<T> {
    return JSON.parse(await this.run([...args, '--output', 'json'])) as T;
  }

  /** Every object of a kind that carries the labels; none when there are none. */
  async list<T extends KubernetesObject>(kind: string, labels: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const { items } = await this.json<{ items: T[] }>(['get', kind, '--selector', selector.join(',')]);
    return items;
  }

  /** @returns nothing when there is no such object */
  async find<T extends KubernetesObject>(kind: string, name: string): Promise<T | undefined> {
    const text = await this.run(['get', kind, name, '--ignore-not-found', '--output', 'json']);
    return text === '' ? undefined : (JSON.parse(text) as T);
  }
}

/** What kubectl said. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';

  constructor(
    readonly command: string,
    readonly output: string,
  ) {
    super(`kubectl ${command}: ${output}`);
  }
}

const NOT_INSTALLED = new UserError(
  'kubectl is not in PATH.',
  'install kubectl (https://kubernetes.io/docs/tasks/tools)',
);
