import { DERIVED_PROPERTIES, isDerivedProperty } from './derived-properties';
import { KAFKA_RELEASES } from '../../../kafka-settings/releases';
import { letters, nearestName } from '../../../validation/nearest-name';

/** Message and fix for a name that the schema does not allow at its place. */
export interface UnknownSetting {
  readonly message: string;
  readonly fix: string;
}

/** Topic settings of Kafka that the catalogue does not offer, with the reason. */
const NOT_OF_TOPICS: Readonly<Record<string, string>> = {
  'follower.replication.throttled.replicas': 'set for the time of a reassignment, by its tool',
  'leader.replication.throttled.replicas': 'set for the time of a reassignment, by its tool',
  'unclean.leader.election.enable': 'never set here: an unclean election loses acknowledged records',
};

/** Topic settings that belong next to `settings`, not in it. */
const OF_TOPIC = ['cleanupPolicy', 'minInsyncReplicas', 'retentionBytes', 'retentionMs', 'segmentBytes', 'segmentMs'];

/**
 * Suggests the intended name: one of the same object, one next to or in a topic's `settings`, or a broker property.
 * @param path of the object that contains the name
 * @param names that the schema allows in the object
 */
export function unknownSetting(name: string, path: readonly PropertyKey[], names: readonly string[]): UnknownSetting {
  const known = names.find((one) => letters(one) === letters(name));
  if (known !== undefined) return said(`it is called ${known} here`, `write ${known}`);
  const special =
    path[0] === 'topics' ? ofTopic(name, path) : path.join('.') === 'brokers' ? ofBrokers(name) : undefined;
  if (special !== undefined) return special;
  const nearest = nearestName(name, names);
  return nearest === undefined
    ? said('', 'correct the name or remove it')
    : said(`the nearest is ${nearest}`, `write ${nearest}, or remove it`);
}

function ofTopic(name: string, path: readonly PropertyKey[]): UnknownSetting | undefined {
  const inSettings = path.at(-1) === 'settings';
  const beside = OF_TOPIC.find((one) => letters(one) === letters(name));
  if (inSettings && beside !== undefined) {
    return said('it stands beside settings, not in them', `write it as ${path.slice(0, -1).join('.')}.${beside}`);
  }
  for (const [setting, { inherits = [] }] of Object.entries(newest().topic)) {
    const reason = NOT_OF_TOPICS[setting];
    const isIt = letters(setting) === letters(name);
    if (isIt && reason !== undefined) return said(`Kafka’s ${setting} is ${reason}`, 'remove it');
    const property = inherits.find((one) => letters(one.name) === letters(name));
    if (property !== undefined)
      return said(
        `${property.name} is a property of brokers; topics have ${camel(setting)}`,
        `write ${camel(setting)}, or remove it`,
      );
    if (isIt && inherits[0] !== undefined) {
      const all = `brokers.properties.${inherits[0].name}`;
      return said(
        `Kafka’s ${setting} is not set for single topics here`,
        `set it for all topics, as ${all}, or remove it`,
      );
    }
    if (isIt) return said(`Kafka’s ${setting} is not set here`, 'remove it');
  }
  return undefined;
}

function ofBrokers(name: string): UnknownSetting | undefined {
  const property = Object.keys(newest().broker).find((one) => letters(one) === letters(name));
  if (property === undefined) return undefined;
  return isDerivedProperty(property)
    ? said(`Kafka’s ${property} is derived`, `remove it; what decides it is ${DERIVED_PROPERTIES[property]}`)
    : said(`${property} is a property of Kafka’s`, `write it as brokers.properties['${property}']`);
}

const said = (what: string, fix: string): UnknownSetting => ({
  message: what === '' ? 'there is no such setting' : `there is no such setting; ${what}`,
  fix,
});

/** The newest release: a malformed configuration does not tell its own, and names hardly differ. */
function newest() {
  const release = Object.values(KAFKA_RELEASES).at(-1);
  if (release === undefined) throw new Error('there is a table of settings');
  return release;
}

const camel = (name: string): string => name.replace(/\.([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
