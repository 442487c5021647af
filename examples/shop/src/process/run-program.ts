import { ConfigError } from 'kafka-platform/config';
import { KafkaClientError } from 'kafka-platform/client';
import { ProgramError } from './program-error';

/**
 * Runs a program. An error that its user can fix is printed as a message, a defect with its stack; the exit code is 1
 * for both.
 */
export function runProgram(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const isKnown = [ProgramError, ConfigError, KafkaClientError].some((kind) => error instanceof kind);
    console.error(isKnown ? `\n${(error as Error).message}` : error);
    process.exitCode = 1;
  });
}
