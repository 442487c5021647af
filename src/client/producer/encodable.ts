import { PermanentError } from '../errors';

const PARTITIONS_END = 2 ** 31;
const INT64_END = 2n ** 63n;
const TOPIC_NAME = /^(?!\.{1,2}$)[\w.-]{1,249}$/;

const TEXT_OR_BYTES = 'allowed are a Buffer and a well-formed string';

/** The record cannot be encoded in a request. Nothing was sent. */
export class UnencodableRecord extends PermanentError {
  override readonly code = 'RECORD_NOT_ENCODABLE';

  constructor(topic: unknown, problem: string) {
    super(`a record for ${typeof topic === 'string' ? topic : shown(topic)} cannot be encoded: ${problem}`);
  }
}

/**
 * All reasons why a record cannot be encoded, with the allowed values; undefined if it can. This checks the types for
 * callers without type checking: kafkajs would write `[object Object]` for an object, and fails the whole request for a
 * timestamp that is not a whole number. The text contains types and numbers, but no other values. A `topic` is checked
 * if the record has one.
 */
export function encodingProblem(record: unknown): string | undefined {
  if (typeof record !== 'object' || record === null) return `the record is ${shown(record)}: allowed is an object`;
  const { key, value, headers, event, partition, timestamp } = record as Record<string, unknown>;
  const problems = [
    'topic' in record ? topicProblem(record.topic) : undefined,
    isAbsent(key) || isEncodable(key) ? undefined : `key is ${shown(key)}: ${TEXT_OR_BYTES}, or null for none`,
    value === null || isEncodable(value)
      ? undefined
      : `value is ${shown(value)}: ${TEXT_OR_BYTES}, or null to delete the key`,
    ...headerProblems(headers),
    ...eventProblems(event),
    isAbsent(partition) || isWhole(partition, PARTITIONS_END)
      ? undefined
      : `partition is ${shown(partition)}: allowed is a whole number from 0`,
    timestampProblem(timestamp),
  ].filter((problem) => problem !== undefined);
  return problems.length === 0 ? undefined : problems.join('; ');
}

/** Why the value cannot be a topic name. Only brokers know whether the topic exists. */
export function topicProblem(topic: unknown): string | undefined {
  if (typeof topic === 'string' && TOPIC_NAME.test(topic)) return undefined;
  const which = typeof topic === 'string' ? JSON.stringify(topic) : shown(topic);
  return `topic is ${which}: allowed are 1 to 249 letters, digits, dots, dashes and underscores`;
}

function headerProblems(headers: unknown): readonly string[] {
  if (isAbsent(headers)) return [];
  // A Map has no properties, so its headers would be omitted silently.
  if (Object.prototype.toString.call(headers) !== '[object Object]')
    return [`headers is ${shown(headers)}: allowed is an object of names and values`];
  return Object.entries(headers as Record<string, unknown>).flatMap(([name, value]) => {
    if (!isWellFormed(name)) return ['the name of a header is not well-formed: allowed is what UTF-8 can encode'];
    const wrong = [value].flat().filter((each) => !isEncodable(each));
    return wrong.map((each) => `headers.${name} is ${shown(each)}: ${TEXT_OR_BYTES}, or an array of them`);
  });
}

function eventProblems(event: unknown): readonly string[] {
  if (isAbsent(event)) return [];
  if (typeof event !== 'object')
    return [`event is ${shown(event)}: allowed is an object with type, version and source`];
  const { traceparent, ...parts } = event as Record<string, unknown>;
  return [
    ...['type', 'version', 'source'].filter((name) => !isText(parts[name])).map((name) => [name, parts[name]] as const),
    ...(traceparent === undefined || isText(traceparent) ? [] : [['traceparent', traceparent] as const]),
  ].map(([name, value]) => `event.${name} is ${shown(value)}: allowed is a well-formed string`);
}

/**
 * A number must be a valid time. A bigint may be any timestamp of a log, including -1 for a record without a timestamp.
 */
function timestampProblem(timestamp: unknown): string | undefined {
  if (isAbsent(timestamp) || isWhole(timestamp, Number(INT64_END))) return undefined;
  if (typeof timestamp === 'bigint' && timestamp >= -INT64_END && timestamp < INT64_END) return undefined;
  return `timestamp is ${shown(timestamp)}: allowed is a whole number of milliseconds since 1970, as of Date.now()`;
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

const isWhole = (value: unknown, end: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end;

const isText = (value: unknown): value is string => typeof value === 'string' && isWellFormed(value);

const isEncodable = (value: unknown): boolean => Buffer.isBuffer(value) || isText(value);

/**
 * UTF-8 cannot represent half of a surrogate pair. It would become another character, and a key would become another
 * key.
 */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Describes a value. Texts and bytes are not shown, because they may be confidential. */
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || isAbsent(value)) return String(value);
  if (typeof value === 'string') return isWellFormed(value) ? 'a string' : 'a string with half of a surrogate pair';
  if (typeof value === 'object') {
    const name = (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
    return typeof name === 'string' && name !== '' ? `of type ${name}` : 'an object';
  }
  return `of type ${typeof value}`;
}
