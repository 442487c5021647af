import type { ClusterSettings } from '../cluster-settings';
import { knownRelease } from '../../../kafka-settings/known-release';
import { RELATIONS, type Relation } from '../properties/property-relations';
import { PROPERTY_TEXTS, type PropertyText } from '../properties/property-texts';
import { propertyValues, type PropertyValues } from '../properties/property-values';
import { findingIf, type Finding, type Rule } from '../../../validation/rule';

/** Rules for broker properties that depend on each other, and for texts that Kafka's definitions do not restrict. */
export const propertyRelationRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.version', 'brokers.properties'],
    check: (config) => withValues(config, (values) => RELATIONS.flatMap((relation) => checkRelation(relation, values))),
  },
  {
    reads: ['brokers.version', 'brokers.properties'],
    check: (config) => withValues(config, (values) => [...cleaners(values), ...connectionsPerAddress(values)]),
  },
  {
    reads: ['brokers.version', 'brokers.properties'],
    check: (config) => withValues(config, (values) => PROPERTY_TEXTS.flatMap((text) => checkText(text, values))),
  },
  {
    reads: ['brokers.version', 'brokers.properties'],
    check: (config) =>
      withValues(config, (values) => {
        const least = BigInt(knownRelease(config.brokers.version)?.topic['segment.bytes']?.min ?? 0);
        return INTERNAL_SEGMENTS.flatMap((name) =>
          finding(values.isGiven(name) && (values.number(name) ?? least) < least, {
            name,
            message: 'brokers refuse topics with such segments: this internal topic could not be created',
            allowed: `at least ${least}`,
          }),
        );
      }),
  },
];

function withValues(
  config: ClusterSettings,
  check: (values: PropertyValues) => readonly Finding[],
): readonly Finding[] {
  const release = knownRelease(config.brokers.version);
  return release === undefined ? [] : check(propertyValues(config, release));
}

interface Broken {
  readonly name: string;
  readonly message: string;
  readonly allowed: string;
  /** @default to set it to an allowed value */
  readonly fix?: string | undefined;
}

const finding = (broken: boolean, { name, message, allowed, fix }: Broken): readonly Finding[] =>
  findingIf(broken, {
    path: ['brokers', 'properties', name],
    message,
    allowed,
    fix: fix ?? `set brokers.properties.${name} to ${allowed}, or remove it`,
  });

function checkRelation(relation: Relation, values: PropertyValues): readonly Finding[] {
  const { smaller, larger, below, consequence, fix } = relation;
  const [a, b] = [values.number(smaller), values.number(larger)];
  const isGiven = values.isGiven(smaller) || values.isGiven(larger);
  if (!isGiven || a === undefined || b === undefined || (below ? a < b : a <= b)) return [];
  const [name, other] = values.isGiven(smaller) ? [smaller, larger] : [larger, smaller];
  const words = name === smaller ? (below ? 'less than' : 'at most') : below ? 'more than' : 'at least';
  const limit = name === smaller ? b : a;
  return finding(true, {
    name,
    message: `${smaller} (${a}) must ${below ? 'be less than' : 'not exceed'} ${larger} (${b}): ${consequence ?? 'brokers would not start'}`,
    allowed: `${words} ${limit}, the value of ${other}`,
    fix,
  });
}

function cleaners(values: PropertyValues): readonly Finding[] {
  const name = 'log.cleaner.threads';
  return finding(values.isGiven(name) && values.number(name) === 0n, {
    name,
    message: 'brokers would not start without a cleaner',
    allowed: 'at least 1',
  });
}

function connectionsPerAddress(values: PropertyValues): readonly Finding[] {
  const [limit, overrides] = ['max.connections.per.ip', 'max.connections.per.ip.overrides'];
  return finding(values.number(limit) === 0n && (values.text(overrides) ?? '') === '', {
    name: limit,
    message: `nobody could connect: brokers take 0 only beside ${overrides}`,
    allowed: 'at least 1',
  });
}

function checkText({ name, takes, allowed }: PropertyText, values: PropertyValues): readonly Finding[] {
  const text = values.text(name);
  return finding(values.isGiven(name) && text !== undefined && !takes(text), {
    name,
    message: `brokers would not start: ${name} takes no such value`,
    allowed,
  });
}

/** Segment sizes that the brokers create their internal topics with. */
const INTERNAL_SEGMENTS = [
  'offsets.topic.segment.bytes',
  'share.coordinator.state.topic.segment.bytes',
  'transaction.state.log.segment.bytes',
] as const;
