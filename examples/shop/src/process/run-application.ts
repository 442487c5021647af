import { constants } from 'node:os';
import { collectDefaultMetrics } from 'prom-client';
import { ClientMetrics, securityFromEnvironment } from 'kafka-platform/client';
import type { Generator, RunningApplication, Application, ApplicationContext } from './application';
import { Lifecycle } from './lifecycle';
import { runProgram } from './run-program';
import { readSettings, type ApplicationSettings } from './settings';
import { someBroker } from './some-broker';

interface ProgramProps {
  readonly name: string;
  /** Environment variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Program = ProgramProps & ({ readonly application: Application } | { readonly generator: Generator });

/** Added to the signal number for the exit code of a process that a signal ended, as in shells. */
const SIGNALLED = 128;

/**
 * Runs an application as a process. SIGTERM and SIGINT shut it down gracefully, a second signal immediately. The exit
 * code is that of the application, or 1 for invalid environment variables.
 */
export function runApplication(program: Program): void {
  runProgram(async () => {
    const { name, environment } = program;
    const settings = readSettings(environment, { name, isGenerator: 'generator' in program });
    const metrics = new ClientMetrics();
    collectDefaultMetrics({ register: metrics.registry });
    const say = (line: string): void => console.log(line);
    const connection = {
      bootstrapServers: settings.bootstrapServers,
      clientId: name,
      ...securityFromEnvironment(environment),
    };
    const start = async (): Promise<RunningApplication> => {
      // The clients report unreachable brokers later and less clearly.
      await someBroker(settings.bootstrapServers);
      return begin(program, settings, { ...settings, connection, metrics, say });
    };
    const lifecycle = new Lifecycle({ ...settings, name, metrics, say, start });
    endBySignals(lifecycle);
    process.exit(await lifecycle.run());
  });
}

function begin(
  program: Program,
  { eventsPerSecond, withFailures = false }: ApplicationSettings,
  context: ApplicationContext,
): Promise<RunningApplication> {
  if ('application' in program) return program.application(context);
  // The settings were read with those of a generator.
  return program.generator({ ...context, eventsPerSecond: eventsPerSecond as number, withFailures });
}

function endBySignals(lifecycle: Lifecycle): void {
  let isAsked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isAsked) process.exit(SIGNALLED + constants.signals[signal]);
      isAsked = true;
      lifecycle.stop();
    });
  }
}
