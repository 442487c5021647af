import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

/** Kinds of resources that have configurations. */
export const RESOURCES = { topic: 2, broker: 4 } as const;

/** Origin of a value. The numbers are Kafka's `config_source`. */
export const CONFIG_SOURCES = {
  1: 'topic',
  2: 'broker',
  3: 'cluster',
  4: 'static',
  5: 'default',
} as const;

/** Set on a topic, on one running broker, on all running brokers, in the file of the broker, or Kafka's default. */
export type ConfigSource = (typeof CONFIG_SOURCES)[keyof typeof CONFIG_SOURCES];

/** A value of a setting, and where it comes from. */
export interface ConfigValue {
  /** Kafka's name. */
  readonly name: string;
  /** Null if there is none, or if it is a secret. */
  readonly value: string | null;
  /** Undefined for sources that only other kinds of resources have. */
  readonly source: ConfigSource | undefined;
}

/** A setting of a resource. */
export interface ConfigEntry extends ConfigValue {
  readonly isSecret: boolean;
  /** All values, highest precedence first; empty unless requested. */
  readonly synonyms: readonly ConfigValue[];
}

/** A topic or a broker, and its settings. */
export interface DescribedResource {
  readonly name: string;
  readonly entries: readonly ConfigEntry[];
}

/** What is requested. */
export interface ConfigsAsked {
  readonly resource: keyof typeof RESOURCES;
  /** Topics, or the id of the queried broker; an empty name is the default of all brokers. */
  readonly names: readonly string[];
  /** Kafka's names of the requested settings. @default all settings */
  readonly settings?: readonly string[];
  /** Whether values of lower precedence are included. @default false */
  readonly synonyms?: boolean;
}

/** DescribeConfigs v4. Fails with the error of the first resource that has one. */
export const describeConfigs = ({
  resource,
  names,
  settings,
  synonyms = false,
}: ConfigsAsked): Request<readonly DescribedResource[]> => ({
  apiKey: 32,
  version: 4,
  encode: (body) => {
    body.array(names, (name) => {
      body.int8(RESOURCES[resource]).string(name);
      if (settings === undefined) body.nullArray();
      else body.array(settings, (setting) => void body.string(setting));
      body.noTags();
    });
    body.boolean(synonyms).boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => {
      const code = body.int16();
      const message = body.nullableString();
      body.int8();
      const name = body.string();
      requireOk(code, message, name === '' ? undefined : name);
      const entries = body.array(() => decodeEntry(body));
      body.skipTags();
      return { name, entries };
    });
  },
});

function decodeEntry(body: Decoder): ConfigEntry {
  const name = body.string();
  const value = body.nullableString();
  body.boolean();
  const source = sourceOf(body.int8());
  const isSecret = body.boolean();
  const synonyms = body.array(() => {
    const one = { name: body.string(), value: body.nullableString(), source: sourceOf(body.int8()) };
    body.skipTags();
    return one;
  });
  body.int8();
  body.nullableString();
  body.skipTags();
  return { name, value, source, isSecret, synonyms };
}

const isSource = (code: number): code is keyof typeof CONFIG_SOURCES => code in CONFIG_SOURCES;

const sourceOf = (code: number): ConfigSource | undefined => (isSource(code) ? CONFIG_SOURCES[code] : undefined);
