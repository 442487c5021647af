/** An error that the user of a program can fix. Only its message is printed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
