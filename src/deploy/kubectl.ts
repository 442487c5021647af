import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { UserError } from '../validation/user-error';

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
    const { items } = await this.json<{ items: T[] }>(['get', kind, '--selector', selector.join(',')]);
    return items;
  }

  /** @returns undefined if the object does not exist */
  async find<T extends KubernetesObject>(kind: string, name: string): Promise<T | undefined> {
    const text = await this.run(['get', kind, name, '--ignore-not-found', '--output', 'json']);
    return text === '' ? undefined : (JSON.parse(text) as T);
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

const NOT_INSTALLED = new UserError(
  'kubectl is not in PATH.',
  'install kubectl (https://kubernetes.io/docs/tasks/tools)',
);
