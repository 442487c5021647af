import type { Topic } from './topic';
import { inheritedBy, type Inheritances, type Inherited } from './inheritance';
import type { LiveTopic } from './live-topics';
import { topicConfig } from './topic-config';

/** Tools for partition reassignment set these on topics and remove them afterwards. */
const OF_REASSIGNMENTS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];

/** A setting that the catalogue does not set, but the topic or its brokers do. */
export interface UnsetSetting {
  readonly setting: string;
  /** Current value, and its origin if it is inherited. */
  readonly before: string;
  /** New value. */
  readonly after: string;
  /**
   * Description of where the value comes from after the topic's own value is removed; undefined if the topic sets the
   * value.
   */
  readonly inherits?: string;
  /** Description of further action that is needed. */
  readonly fix?: string;
  /** Why the change needs an explicit allowance: it may delete records. */
  readonly risk?: string;
}

interface UnsetSettings {
  /** Changes that `apply` makes. */
  readonly changes: readonly UnsetSetting[];
  /** Differences that only a change of broker files can remove. */
  readonly differences: readonly UnsetSetting[];
}

/**
 * Settings that the cluster has and the catalogue does not. A value on the topic is removed. If brokers differ at run
 * time from their configuration, the topic gets the configured value as its own. Ignored settings are left as they are.
 */
export function unsetSettings(
  definition: Topic,
  live: LiveTopic,
  { defaults, ...inheritances }: Inheritances & { readonly defaults: ReadonlyMap<string, string> },
): UnsetSettings {
  const known = new Set([
    ...Object.keys(topicConfig(definition)),
    ...OF_REASSIGNMENTS,
    ...(definition.ignoreSettings ?? []),
  ]);
  const changes: UnsetSetting[] = [];
  const differences: UnsetSetting[] = [];
  for (const [setting, { value, onTopic }] of Object.entries(live.settings)) {
    if (known.has(setting)) continue;
    const inherited = inheritedBy(setting, inheritances);
    if (inherited?.difference?.atRunTime === true) {
      if (!onTopic || value !== inherited.implied)
        changes.push(pinned(setting, onTopic ? value : undefined, inherited));
    } else if (onTopic) {
      changes.push(removed(setting, value, inherited ?? { value: defaults.get(setting) }));
    } else if (inherited?.difference !== undefined) {
      differences.push({
        setting,
        before: `${inherited.value} (inherited: ${inherited.origin})`,
        after: inherited.implied,
        fix: inherited.difference.fix,
      });
    }
  }
  return { changes, differences };
}

/** Sets the configured value on the topic, independent of its brokers. */
function pinned(setting: string, own: string | undefined, inherited: Inherited): UnsetSetting {
  const { value, origin, implied, difference } = inherited;
  const change = {
    setting,
    before: own ?? `${value} (inherited: ${origin})`,
    after: implied,
    ...(difference && {
      fix: `set on the topic, because the brokers have ${value}; to inherit it instead: ${difference.fix}`,
    }),
  };
  return { ...change, ...riskOf(setting, own ?? value, implied) };
}

/**
 * @param next the value that the topic inherits afterwards: Kafka's default if brokers have no property for the setting
 */
function removed(setting: string, before: string, next: Partial<Pick<Inherited, 'value' | 'origin'>>): UnsetSetting {
  const { value, origin = 'Kafka’s default' } = next;
  const after = value ?? '(not set)';
  return { setting, before, after, inherits: origin, ...(value !== undefined && riskOf(setting, before, value)) };
}

/** The new value is not part of the catalogue, so nobody has reviewed it there. */
function riskOf(setting: string, before: string, after: string): Pick<UnsetSetting, 'risk'> {
  if (setting === 'unclean.leader.election.enable' && after === 'true') {
    return { risk: 'an out-of-sync replica could be elected, which loses acknowledged records' };
  }
  if (setting === 'retention.bytes' && limitOf(after) < limitOf(before)) {
    return { risk: 'existing records would be deleted' };
  }
  return {};
}

/** Kafka's -1 means unlimited. */
const limitOf = (value: string): number => (Number(value) < 0 ? Infinity : Number(value));
