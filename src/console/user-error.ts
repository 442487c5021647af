/** An error that the user can mend: printed as its message, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param problem what is wrong, with the value and what is allowed
   * @param fix what to do about it
   */
  constructor(problem: string, fix: string) {
    super(`${problem}\n  fix: ${fix}`);
  }
}
