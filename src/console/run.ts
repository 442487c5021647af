import { ConfigError } from '../config/problems';
import { UserError } from './user-error';

/** Runs an entry point: errors that the user can mend are printed as they are, others with their stack. */
export function run(main: () => Promise<unknown>): void {
  main().catch((error: unknown) => {
    const expected = error instanceof ConfigError || error instanceof UserError;
    console.error(expected ? `\n${error.message}` : error);
    process.exitCode = 1;
  });
}
