import { Kubectl, KubectlError } from '../../src/deploy/kubectl';

/** The responses to commands: text is returned as it is, anything else as JSON; a `KubectlError` is thrown. */
export type Answers = (command: string) => unknown;

/** `kubectl` with prepared responses instead of a cluster. The behaviour of an API server is tested with a real one. */
export class AnsweringKubectl extends Kubectl {
  /** All commands so far; commands for other namespaces are prefixed with the namespace. */
  readonly commands: string[];

  constructor(
    private readonly answers: Answers,
    private readonly other?: { readonly namespace: string; readonly commands: string[] },
  ) {
    super({ namespace: other?.namespace ?? 'kafka' });
    this.commands = other?.commands ?? [];
  }

  override inNamespace(namespace: string): Kubectl {
    return new AnsweringKubectl(this.answers, { namespace, commands: this.commands });
  }

  override run(args: readonly string[]): Promise<string> {
    const command = [...(this.other === undefined ? [] : [`${this.other.namespace}:`]), ...args].join(' ');
    this.commands.push(command);
    const answer = this.answers(command);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
}

export const refusal = (output: string): KubectlError => new KubectlError('', output);

/** The form in which `kubectl get` returns several objects. */
export const items = (...objects: readonly unknown[]) => ({ items: objects });

/** From now on, each reading of the clock is a day later than the previous one, so that no wait is repeated. */
export function quickClock(): void {
  let now = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => (now += 24 * 3_600_000));
}
