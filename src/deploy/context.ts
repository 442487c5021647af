import { UserError } from '../validation/user-error';
import { Kubectl, KubectlError } from './kubectl';

/** The current context of kubectl. @throws {UserError} if there is none */
export async function currentContext(): Promise<string> {
  try {
    return (await new Kubectl({ namespace: 'default' }).run(['config', 'current-context'])).trim();
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw new UserError(
      'kubectl has no current context.',
      'name one with --context; kubectl config get-contexts lists them',
    );
  }
}
