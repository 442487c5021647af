import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { poll } from '../waiting/poll';
import { UserError } from '../validation/user-error';

/** How long a server that answered before may be away: one that is replaced, or that is short of CPU. */
const AWAY_MS = 60_000;

/** What kubectl says when the API server does not answer. Nobody answers for a server that does not exist. */
const AWAY =
  /Unable to connect to the server|The connection to the server \S+ was refused|net\/http: |http2: |unexpected EOF|connection reset by peer|etcdserver: |the server is currently unable to handle the request/;

/** An object of the API server. Fields are typed where they are read. */
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
    readonly ownerReferences?: readonly { readonly uid: string }[];
    /** Included only on request. */
    readonly managedFields?: readonly { readonly manager?: string; readonly operation?: string }[];
  };
}

interface KubectlProps {
  /** Name of the context. @default the current context */
  readonly context?: string | undefined;
  /** Path of the kubeconfig file. @default kubectl's default files */
  readonly kubeconfig?: string | undefined;
  readonly namespace: string;
}

interface CallOptions {
  /** Text for standard input. */
  readonly input?: string;
}

/** Runs `kubectl` for one namespace of one cluster. */
export class Kubectl {
  private hasAnswered = false;

  constructor(private readonly props: KubectlProps) {}

  /** The same cluster with another namespace. */
  inNamespace(namespace: string): Kubectl {
    return new Kubectl({ ...this.props, namespace });
  }

  /**
   * @returns standard output @throws {KubectlError} if kubectl fails @throws {UserError} if kubectl is not installed
   */
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

  /** Starts a command that runs until it is stopped. */
  spawn(args: readonly string[]): ChildProcessWithoutNullStreams {
    const { context, kubeconfig, namespace } = this.props;
    const all = [
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
      ...(context === undefined ? [] : ['--context', context]),
      '--namespace',
      namespace,
      ...args,
    ];
    return spawn('kubectl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  async json<T>(args: readonly string[]): Promise<T> {
    return JSON.parse(await this.run([...args, '--output', 'json'])) as T;
  }

  /** All objects of a kind with these labels. */
  async list<T extends KubernetesObject>(kind: string, labels: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const text = await this.read(['get', kind, '--selector', selector.join(','), '--output', 'json']);
    return (JSON.parse(text) as { items: T[] }).items;
  }

  /** @returns undefined if the object does not exist */
  async find<T extends KubernetesObject>(kind: string, name: string): Promise<T | undefined> {
    const text = await this.read(['get', kind, name, '--ignore-not-found', '--output', 'json']);
    return text === '' ? undefined : (JSON.parse(text) as T);
  }

  /** Repeats itself for a while when a server that answered before does not: a roll takes longer than it may be away. */
  private async read(args: readonly string[]): Promise<string> {
    const attempt = () => this.run(args).catch(unlessOther);
    const read = await poll(attempt, {
      until: (found) => typeof found === 'string' || !this.hasAnswered,
      withinMs: AWAY_MS,
    });
    if (typeof read !== 'string') throw read;
    this.hasAnswered = true;
    return read;
  }
}

/** The error output of kubectl. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
  // Not printed once more after the message.
  readonly #output: string;

  constructor(command: string, output: string) {
    super(`kubectl ${command}: ${output}`);
    this.#output = output;
  }

  get output(): string {
    return this.#output;
  }
}

/** @throws what no further attempt could change */
function unlessOther(error: unknown): KubectlError {
  if (error instanceof KubectlError && AWAY.test(error.output)) return error;
  throw error;
}

const NOT_INSTALLED = new UserError(
  'kubectl is not in PATH.',
  'install kubectl (https://kubernetes.io/docs/tasks/tools)',
);
