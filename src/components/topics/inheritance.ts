import type { InheritedValue } from '../../protocol/describe-topic-configs';
import { isSameSetting } from './setting-types';
import { commandLine } from '../../validation/command-line';

/**
 * The values that topics inherit from one broker, by Kafka's setting names; for each setting, the highest precedence
 * first.
 */
export interface BrokerInheritance {
  /** Undefined if the values stand for all brokers. */
  readonly nodeId?: number;
  readonly settings: Readonly<Record<string, readonly InheritedValue[]>>;
}

/** The values of the running brokers, and their configuration. */
export interface Inheritances {
  /** Values of the running brokers. @default none: inherited values are unknown */
  readonly brokers?: readonly BrokerInheritance[];
  /** Broker properties of the configuration. @default the values in the brokers' files count as configured */
  readonly brokerProperties?: Readonly<Record<string, string>>;
}

/** The value that a topic without its own value inherits. */
export interface Inherited {
  /** Value in the topic's unit. */
  readonly value: string;
  /** Description of the origin. */
  readonly origin: string;
  /** The value that the configuration implies, in the topic's unit. */
  readonly implied: string;
  /** Undefined if the inherited and the implied value mean the same. */
  readonly difference?: {
    /** Whether the value was set dynamically on running brokers; a restart does not remove it. */
    readonly atRunTime: boolean;
    readonly fix: string;
  };
}

/**
 * The inherited value of a setting: from the first broker that differs from the configuration, otherwise from any
 * broker.
 * @returns undefined for settings that only topics have
 */
export function inheritedBy(setting: string, { brokers = [], brokerProperties }: Inheritances): Inherited | undefined {
  const all = brokers.flatMap(({ nodeId, settings }) =>
    inheritedFrom(setting, { nodeId, values: settings[setting] ?? [] }, brokerProperties),
  );
  return all.find(({ difference }) => difference !== undefined) ?? all[0];
}

function inheritedFrom(
  setting: string,
  { nodeId, values }: { readonly nodeId: number | undefined; readonly values: readonly InheritedValue[] },
  properties: Inheritances['brokerProperties'],
): readonly Inherited[] {
  const [effective] = values;
  const implied = impliedOf(values, properties);
  if (effective === undefined || implied === undefined) return [];
  const told = { value: inTopicUnit(effective), origin: originOf(effective, nodeId), implied: inTopicUnit(implied) };
  if (isSameSetting(setting, told.value, told.implied)) return [told];
  const atRunTime = effective.source === 'broker' || effective.source === 'cluster';
  return [{ ...told, difference: { atRunTime, fix: atRunTime ? removal(effective, nodeId) : RESTART } }];
}

/** The value that the configuration implies, given the brokers' files and Kafka's defaults. */
function impliedOf(
  values: readonly InheritedValue[],
  properties: Inheritances['brokerProperties'],
): InheritedValue | undefined {
  const lasting = values.filter(({ source }) => source === 'static' || source === 'default');
  if (properties === undefined) return lasting[0];
  const configured = lasting.flatMap(({ property }) => {
    const value = properties[property];
    return value === undefined ? [] : [{ property, value, source: 'static' } as const];
  });
  return configured[0] ?? lasting.find(({ source }) => source === 'default');
}

const UNITS: readonly (readonly [suffix: string, milliseconds: number])[] = [
  ['.minutes', 60_000],
  ['.hours', 3_600_000],
];

/** Topic settings are in milliseconds, while the broker property may be in minutes or hours. */
function inTopicUnit({ property, value }: InheritedValue): string {
  const unit = UNITS.find(([suffix]) => property.endsWith(suffix));
  if (unit === undefined || Number(value) < 0) return value;
  return String(Number(value) * unit[1]);
}

function originOf({ property, source }: InheritedValue, nodeId: number | undefined): string {
  switch (source) {
    case 'default':
      return 'Kafka’s default';
    case 'static':
      return `${property} in the file of ${brokerText(nodeId, 'the brokers')}`;
    case 'cluster':
      return `${property}, set at run time for all brokers`;
    case 'broker':
      return `${property}, set at run time on ${brokerText(nodeId, 'one broker')}`;
  }
}

const brokerText = (nodeId: number | undefined, otherwise: string): string =>
  nodeId === undefined ? otherwise : `broker ${nodeId}`;

const RESTART = `the brokers do not run with this configuration; restart them with it (${commandLine('deploy')})`;

function removal({ property, source }: InheritedValue, nodeId: number | undefined): string {
  const entity = source === 'cluster' ? '--entity-default' : `--entity-name ${nodeId ?? '<id>'}`;
  return `kafka-configs.sh --alter --entity-type brokers ${entity} --delete-config ${property}`;
}
