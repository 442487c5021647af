import type { Platform } from '../config/load';
import { SAMPLES, SAMPLE_SETTINGS, type SampleName } from '../config/samples';
import type { Milliseconds } from '../config/units';

/** A sample as a configuration wants it. */
export interface Sample {
  readonly name: SampleName;
  readonly replicas: number;
  /** Of those that write on their own. */
  readonly eventsPerSecond?: number;
}

/** The samples that a configuration has. */
export function samplesOf({ samples }: Pick<Platform, 'samples'>): readonly Sample[] {
  if (!samples.enabled) return [];
  return SAMPLE_SETTINGS.map((setting) => ({ name: SAMPLES[setting].name, ...samples[setting] })).filter(
    ({ replicas }) => replicas > 0,
  );
}

/** Names of the variables of a sample's environment. */
export const SAMPLE_VARIABLES = {
  bootstrap: 'KAFKA_BOOTSTRAP_SERVERS',
  registry: 'SCHEMA_REGISTRY_URL',
  port: 'SERVICE_PORT',
  host: 'SERVICE_HOST',
  /** Tells one replica from the others. */
  instance: 'INSTANCE',
  shutdownMs: 'SHUTDOWN_MS',
  eventsPerSecond: 'EVENTS_PER_SECOND',
} as const;

/** Where a sample runs. */
interface SamplePlace {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** Address of the registry, base path included. */
  readonly registry: string;
  /** Of its metrics and health. */
  readonly port: number;
  readonly shutdownMs: Milliseconds;
}

/** All that a sample reads of its environment, but for its host and the name of its instance. */
export function sampleEnvironment(
  { eventsPerSecond }: Sample,
  { bootstrap, registry, port, shutdownMs }: SamplePlace,
): Readonly<Record<string, string>> {
  return {
    [SAMPLE_VARIABLES.bootstrap]: bootstrap.join(','),
    [SAMPLE_VARIABLES.registry]: registry,
    [SAMPLE_VARIABLES.port]: String(port),
    [SAMPLE_VARIABLES.shutdownMs]: String(shutdownMs),
    ...(eventsPerSecond === undefined ? {} : { [SAMPLE_VARIABLES.eventsPerSecond]: String(eventsPerSecond) }),
  };
}

/** Where a sample tells how it is. */
export const SAMPLE_PATHS = { metrics: '/metrics', alive: '/healthz', ready: '/readyz' } as const;
