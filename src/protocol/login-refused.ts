import { UserError } from '../validation/user-error';

/** A server does not let a user in. An unknown user and a wrong password have the same answer. */
export class LoginRefused extends UserError {
  /** Whether the user was let in before and may have got a new password, so that another login may succeed. */
  mayPass = false;

  constructor(server: string, username: string, why: string) {
    super(
      `${server} refuses the login of ${username}: ${why}.`,
      'check the name of the user, the password, and that the user was applied to this cluster',
    );
  }
}
