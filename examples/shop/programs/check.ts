import { setTimeout as delay } from 'node:timers/promises';
import { behind } from '../checker/behind';
import { checkLogs } from '../checker/check-logs';
import { CLIENT_ID } from '../checker/client-id';
import { oneLine } from '../src/process/one-line';
import { ProgramError } from '../src/process/program-error';
import { runProgram } from '../src/process/run-program';

/** Several times as long as on an idle machine. */
const WITHIN_MS = 240_000;
const POLL_MS = 2_000;

/**
 * Run after the last event was written. Waits until the applications have caught up, then checks the logs. The last
 * line of output is JSON.
 */
runProgram(async () => {
  const connection = { bootstrapServers: required('KAFKA_BOOTSTRAP_SERVERS').split(','), clientId: CLIENT_ID };
  const registry = required('SCHEMA_REGISTRY_URL');
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    // A broker that does not answer now may answer at the next look.
    const open = await behind(connection).catch((error: unknown) => [oneLine(error)]);
    if (open.length === 0) break;
    if (Date.now() > deadline)
      throw new ProgramError(`Not caught up: ${open.join('; ')}.\n  fix: see the logs of the applications`);
    await delay(POLL_MS);
  }
  const report = await checkLogs({ connection, registry });
  console.log(JSON.stringify(report));
  if (Object.values(report.anomalies).some((count) => count > 0)) process.exitCode = 1;
});

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new ProgramError(`The variable ${name} is not set.`);
  return value;
}
