import { LISTENERS } from '../layout';
import { CARRIED_BY_TOPICS, DERIVED_PROPERTIES, OVERRULED_PROPERTIES, isDerivedProperty } from './derived-properties';
import { editDistance, nearestName, nearestWords } from '../../../validation/nearest-name';
import { foreignName } from './foreign-names';
import type { KafkaRelease, SettingDefinition } from '../../../kafka-settings/release';
import type { SettingValue } from '../../../kafka-settings/value';

type Properties = Readonly<Record<string, SettingValue>>;

/** Kind of a name in `brokers.properties`: defined by Kafka, possibly read by a user's class, or refused. */
export type PropertyName =
  | { readonly kind: 'defined'; readonly definition: SettingDefinition }
  | { readonly kind: 'free' }
  | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** Prefixes of the properties that remote storage classes read, with Kafka's defaults. */
const REMOTE_PREFIXES = {
  'remote.log.storage.manager.impl.prefix': 'rsm.config.',
  'remote.log.metadata.manager.impl.prefix': 'rlmm.config.',
};

/** Properties that name a class; a user's own class may read any name. */
const NAMES_A_CLASS = /(\.class|\.class\.name|\.assignors)$|^security\.providers$|^config\.providers/;

const AUTHORIZER = 'authorizer.class.name';

/** Properties that can be set for one listener. Source: the uses of `valuesWithPrefixOverride` and of listener prefixes in Kafka. */
const OF_A_LISTENER =
  /^(ssl|sasl|security)\.|^(principal\.builder\.class|connections\.max\.reauth\.ms|max\.connections|max\.connection\.creation\.rate|num\.network\.threads)$/;

/** A mechanism between the listener and the property: `plain.sasl.jaas.config`. */
const OF_A_MECHANISM = /^[a-z0-9-]+\.(sasl\..+)$/;

/** Names that a properties file can contain without escapes. */
const WRITABLE = /^[A-Za-z0-9][\w.-]*$/;

/** Edit distance to a known name up to which even a free name counts as mistyped. */
const MISTYPED = 1;

/** Classifies a name; other properties that name a class can make it free. */
export function propertyName(name: string, properties: Properties, release: KafkaRelease): PropertyName {
  if (isDerivedProperty(name)) {
    const fix = `remove it; what decides it is ${DERIVED_PROPERTIES[name]}`;
    return refused(`${name} is derived and would contradict it`, fix);
  }
  if (!WRITABLE.test(name)) return unknownName(name, nearestName(name, Object.keys(release.broker)));
  return (
    overruled(name, properties, release) ??
    defined(own(release.broker, name)) ??
    ofListener(name, release) ??
    ofPlugin(name, properties, release) ??
    withFreePrefix(name, properties) ??
    unknown(name, properties, release)
  );
}

function overruled(name: string, properties: Properties, { topic }: KafkaRelease): PropertyName | undefined {
  const setting = own(OVERRULED_PROPERTIES, name);
  if (setting !== undefined) {
    return refused(`${name} decides what the platform derives already`, `remove it; what decides it is ${setting}`);
  }
  for (const [topicSetting, { inherits = [] }] of Object.entries(topic)) {
    const index = inherits.findIndex((one) => one.name === name);
    const before = inherits.slice(0, Math.max(index, 0)).map((one) => one.name);
    const winner = before.find(isDerivedProperty);
    if (winner !== undefined) {
      return refused(`${winner} is derived and wins over ${name}`, `remove it; use ${DERIVED_PROPERTIES[winner]}`);
    }
    const carried = own(CARRIED_BY_TOPICS, topicSetting);
    if (index >= 0 && carried !== undefined) {
      return refused(
        `every topic of the catalogue has its own ${topicSetting}: none inherits ${name}`,
        `remove it; use ${carried}`,
      );
    }
    const given = before.find((one) => Object.hasOwn(properties, one));
    if (given !== undefined && inherits[index]?.times !== undefined) {
      return refused(`${given} is given too, and wins over ${name}`, `remove brokers.properties.${name}`);
    }
  }
  return undefined;
}

function ofListener(name: string, { broker }: KafkaRelease): PropertyName | undefined {
  const [, listener, rest] = /^listener\.name\.([^.]+)\.(.+)$/.exec(name) ?? [];
  if (listener === undefined || rest === undefined) return undefined;
  const names = Object.values(LISTENERS).map((one) => one.toLowerCase());
  if (!names.includes(listener)) {
    const message = `there is no listener ${listener}; they are ${names.join(', ')}`;
    return refused(message, `correct the name of the listener in brokers.properties.${name}`);
  }
  const property = OF_A_MECHANISM.exec(rest)?.[1] ?? rest;
  if (OF_A_LISTENER.test(property) && Object.hasOwn(broker, property)) return defined(own(broker, property));
  if (Object.hasOwn(broker, property)) {
    return refused(`${property} is the same for all listeners`, `write it as brokers.properties.${property}`);
  }
  // A login or callback class of one listener may read any name below its prefix.
  const nearest = nearestName(
    property,
    Object.keys(broker).filter((one) => OF_A_LISTENER.test(one)),
  );
  return nearest !== undefined && editDistance(property, nearest) <= MISTYPED
    ? unknownName(name, nearest)
    : { kind: 'free' };
}

function ofPlugin(name: string, properties: Properties, { plugins }: KafkaRelease): PropertyName | undefined {
  const [plugin, settings] = Object.entries(plugins).find(([, one]) => Object.hasOwn(one, name)) ?? [];
  if (plugin === undefined || settings === undefined) return undefined;
  const isAuthorizer = plugin.endsWith('Authorizer');
  if (!isAuthorizer || properties[AUTHORIZER] === plugin) return defined(own(settings, name));
  return properties[AUTHORIZER] === undefined
    ? refused(
        `${name} is read by an authorizer, and ${AUTHORIZER} names none`,
        `remove it, or set brokers.properties.${AUTHORIZER}, such as to ${plugin}`,
      )
    : { kind: 'free' };
}

function withFreePrefix(name: string, properties: Properties): PropertyName | undefined {
  const prefixes = Object.entries(REMOTE_PREFIXES).map(([property, usual]) => String(properties[property] ?? usual));
  const isFree = prefixes.some((prefix) => name.startsWith(prefix) && name.length > prefix.length);
  return isFree ? { kind: 'free' } : undefined;
}

function unknown(name: string, properties: Properties, release: KafkaRelease): PropertyName {
  const foreign = foreignName(name, release);
  if (foreign !== undefined) return refused(`${name} is no broker property: ${foreign.what}`, foreign.fix);
  const nearest = nearestName(name, [
    ...Object.keys(release.broker),
    ...Object.values(release.plugins).flatMap((one) => Object.keys(one)),
  ]);
  const isMistyped = nearest !== undefined && editDistance(name, nearest) <= MISTYPED;
  const isRead = Object.keys(properties).some((one) => NAMES_A_CLASS.test(one));
  return isRead && !isMistyped ? { kind: 'free' } : unknownName(name, nearest);
}

function unknownName(name: string, nearest: string | undefined): PropertyName {
  const message = `Kafka knows no broker property ${name}, and would not say so${nearestWords(nearest)}`;
  const fix = nearest === undefined ? 'correct the name or remove it' : `write ${nearest}, or remove it`;
  return refused(message, fix);
}

const refused = (message: string, fix: string): PropertyName => ({ kind: 'refused', message, fix });

const defined = (definition: SettingDefinition | undefined): PropertyName | undefined =>
  definition === undefined ? undefined : { kind: 'defined', definition };

/** An own entry; inherited names such as `constructor` do not count. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
