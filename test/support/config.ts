import { environments } from '../../src/config/environments';
import { parseConfig, type Platform } from '../../src/config/load';
import { ConfigError, type Problem } from '../../src/config/problems';
import type { PlatformInput } from '../../src/config/schema';
import { gibibytes, hours, kibibytesPerSecond, mebibytes } from '../../src/config/units';

/** A small configuration that holds every rule. */
export const validConfig = {
  brokers: {
    quorum: { clusterId: 'q1Sh-9_ISia_zwGINzRvyQ', voters: 3 },
    storage: { size: gibibytes(10) },
    heap: mebibytes(512),
    memory: gibibytes(1),
  },
  topics: [
    {
      name: 'orders',
      partitions: 6,
      keyed: true,
      retentionMs: hours(1),
      segmentBytes: mebibytes(16),
      expectedIngress: kibibytesPerSecond(1),
    },
  ],
} satisfies PlatformInput;

/** The valid configuration with one thing changed; `undefined` removes it. */
export function withValue(path: string, value: unknown, base: unknown = validConfig): unknown {
  const [key = '', ...rest] = path.split('/');
  const copy = (Array.isArray(base) ? [...(base as unknown[])] : { ...(base as object) }) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? value : withValue(rest.join('/'), value, copy[key] ?? {});
  return copy;
}

/** The valid configuration with several things changed. */
export const withValues = (changes: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(changes).reduce<unknown>((base, [path, value]) => withValue(path, value, base), validConfig);

export function problemsOf(input: unknown): readonly Problem[] {
  try {
    parseConfig(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** The configuration of kind with some of it replaced. */
export const kindWith = (change: object): Platform => parseConfig({ ...environments.kind, ...change });
