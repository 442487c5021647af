import { resolve } from 'node:path';
import { milliseconds } from '../config/units';
import { LOOPBACK } from '../render/local-layout';
import { SAMPLE_PATHS, SAMPLE_VARIABLES, sampleEnvironment, type Sample } from '../render/samples';
import { answers } from './answers';
import { STOP_MS } from './local-process';
import type { ServiceParts, ServicePlace } from './service-place';

/** All that it needs is applied when it starts; then it joins its group. */
const START_MS = 120_000;

/** Members come back into their groups by themselves when brokers do. */
const UNREADY_MS = 120_000;

/** There are several, and none is waited for by another. */
const LOOK_MS = 1_000;

/** Before it would be killed, so that it can still say what was left undone. */
const LONGEST_SHUTDOWN_MS = STOP_MS - 2_000;

interface SampleServiceProps {
  readonly sample: Sample;
  /** Address of the registry, base path included. */
  readonly registry: string;
  /** Whether all is applied that samples need. */
  readonly canRun: () => Promise<boolean>;
}

/** A sample application, one process however many replicas it has elsewhere. */
export function sampleService(
  { config, bootstrap, ports }: ServicePlace,
  { sample, registry, canRun }: SampleServiceProps,
): ServiceParts {
  const port = ports[sample.name];
  const at = (path: string): string => `http://${LOOPBACK}:${port}${path}`;
  const shutdownMs = milliseconds(Math.min(config.samples.shutdownMs, LONGEST_SHUTDOWN_MS));
  return {
    url: at(SAMPLE_PATHS.metrics),
    process: {
      name: `The sample ${sample.name}`,
      program: process.execPath,
      args: ['--import', 'tsx', resolve(`src/workloads/${sample.name}.ts`)],
      env: {
        ...sampleEnvironment(sample, { bootstrap, registry, port, shutdownMs }),
        [SAMPLE_VARIABLES.host]: LOOPBACK,
        [SAMPLE_VARIABLES.instance]: sample.name,
      },
      isReady: () => answers(at(SAMPLE_PATHS.ready)),
      canRun,
      startMs: START_MS,
      unreadyMs: UNREADY_MS,
      lookMs: LOOK_MS,
    },
  };
}
