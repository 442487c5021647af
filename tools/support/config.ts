import { environments } from '../../platform/environments';
import { parseConfig, type Platform } from '../../src/platform/load';
import { ConfigError, type Problem } from '../../src/validation/problems';
import type { NodePool } from '../../src/components/kafka-cluster/node-pool-props';
import type { TopicDefinition } from '../../src/components/topics/props';
import type { PlatformInput } from '../../src/platform/schema';
import { gibibytes, hours, kibibytesPerSecond, mebibytes } from '../../src/validation/units';

/** A small configuration that satisfies every rule. */
export const validConfig = {
  brokers: {
    clusterId: 'q1Sh-9_ISia_zwGINzRvyQ',
    nodePools: [{ storage: { size: gibibytes(10) }, heap: mebibytes(512), memory: gibibytes(1) }],
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

/** Topics like the one in the valid configuration, named `topic-<index>` by default. */
export const topics = (...overrides: readonly Partial<TopicDefinition>[]) => ({
  topics: overrides.map((override, index) => ({ ...validConfig.topics[0], name: `topic-${index}`, ...override })),
});

/** The valid configuration with one change; `undefined` removes the setting. */
export function withValue(path: string, value: unknown, base: unknown = validConfig): unknown {
  const [key = '', ...rest] = path.split('/');
  const copy = (Array.isArray(base) ? [...(base as unknown[])] : { ...(base as object) }) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? value : withValue(rest.join('/'), value, copy[key] ?? {});
  return copy;
}

/** The valid configuration with several changes. */
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

/** The brokers of an environment with changes in each of their node pools, or in the one of a name. */
export const withPool = <Pool extends Partial<NodePool>, Brokers extends { readonly nodePools: readonly Pool[] }>(
  brokers: Brokers,
  change: PoolInput,
  only?: string,
) => ({
  ...brokers,
  nodePools: brokers.nodePools.map((pool) =>
    only === undefined || pool.name === only ? { ...pool, ...change } : pool,
  ),
});

type PoolInput = NonNullable<PlatformInput['brokers']['nodePools']>[number];

/** The configuration of kind with changes. */
export const kindWith = (change: object): Platform => parseConfig({ ...environments.kind, ...change });
