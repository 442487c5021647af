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

/** All that a sample reads of its environment, but for `INSTANCE`, the name that tells one replica from the others. */
export function sampleEnvironment(
  { eventsPerSecond }: Sample,
  { bootstrap, registry, port, shutdownMs }: SamplePlace,
): Readonly<Record<string, string>> {
  return {
    KAFKA_BOOTSTRAP_SERVERS: bootstrap.join(','),
    SCHEMA_REGISTRY_URL: registry,
    SERVICE_PORT: String(port),
    SHUTDOWN_MS: String(shutdownMs),
    ...(eventsPerSecond === undefined ? {} : { EVENTS_PER_SECOND: String(eventsPerSecond) }),
  };
}

/** Where a sample tells how it is. */
export const SAMPLE_PATHS = { metrics: '/metrics', alive: '/healthz', ready: '/readyz' } as const;
