import { constants } from 'node:os';
import { collectDefaultMetrics } from 'prom-client';
import { ClientMetrics } from '../client/metrics/client-metrics';
import { run } from '../console/run';
import { DESCRIBE_CLUSTER } from '../wire/describe-cluster';
import { ask } from '../wire/request';
import type { Generator, RunningSample, Sample, SampleContext } from './sample';
import { Service } from './service';
import { readSettings, type ServiceSettings } from './settings';

interface ProgramProps {
  readonly name: string;
  /** Variables as of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Program = ProgramProps & ({ readonly sample: Sample } | { readonly generator: Generator });

/** What a shell says of a process that a signal ended. */
const SIGNALLED = 128;

/**
 * Runs a sample as a process: SIGTERM and SIGINT end it gracefully, a second one at once. Exits with what the sample ended
 * with, or 1 for an environment that cannot be used.
 */
export function runService(program: Program): void {
  run(async () => {
    const { name, environment } = program;
    const settings = readSettings(environment, { name, isGenerator: 'generator' in program });
    const metrics = new ClientMetrics();
    collectDefaultMetrics({ register: metrics.registry });
    const say = (line: string): void => console.log(line);
    const start = async (): Promise<RunningSample> => {
      // What a client says of brokers that do not answer comes late, and less clear.
      await ask(settings.bootstrap, DESCRIBE_CLUSTER);
      return begin(program, settings, { ...settings, metrics, say });
    };
    const service = new Service({ ...settings, name, metrics, say, start });
    endBySignals(service);
    process.exit(await service.run());
  });
}

function begin(program: Program, { eventsPerSecond }: ServiceSettings, context: SampleContext): Promise<RunningSample> {
  if ('sample' in program) return program.sample(context);
  // Its settings were read as those of a generator.
  return program.generator({ ...context, eventsPerSecond: eventsPerSecond as number });
}

function endBySignals(service: Service): void {
  let isAsked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isAsked) process.exit(SIGNALLED + constants.signals[signal]);
      isAsked = true;
      service.stop();
    });
  }
}
