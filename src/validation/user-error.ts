/** An error that the user can fix. Only its message is printed, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param problem what is wrong, with the value and the allowed values
   * @param fix how to correct it; omitted if the cause is not known well enough
   */
  constructor(problem: string, fix?: string) {
    super(fix === undefined ? problem : `${problem}\n  fix: ${fix}`);
  }
}
