import { parseServerAddress } from 'kafka-platform/client';

/** An environment variable. */
export interface Variable<T> {
  readonly name: string;
  readonly allowed: string;
  readonly example: string;
  /** Undefined if the text is not valid. */
  readonly read: (text: string) => T | undefined;
}

const LARGEST_PORT = 65_535;
const MOST_EVENTS = 100_000;
const LONGEST_SHUTDOWN_MS = 600_000;

const variable = <T>(each: Variable<T>): Variable<T> => each;

/** All environment variables that a program reads. */
export const VARIABLES = {
  bootstrap: variable({
    name: 'KAFKA_BOOTSTRAP_SERVERS',
    allowed: 'host:port of at least one broker, separated by commas',
    example: 'kafka-bootstrap:9092',
    read: servers,
  }),
  registry: variable({
    name: 'SCHEMA_REGISTRY_URL',
    allowed: 'http or https address of the schema registry, with its base path',
    example: 'http://kafka-registry:8080/apis/ccompat/v7',
    read: httpAddress,
  }),
  rackId: variable({
    name: 'KAFKA_RACK_ID',
    allowed: 'letters, digits, dots, dashes and underscores',
    example: 'eu-central-1a',
    read: (text) => (/^[\w.-]+$/.test(text) ? text : undefined),
  }),
  port: variable({
    name: 'SERVICE_PORT',
    allowed: `whole number from 1 to ${LARGEST_PORT}`,
    example: '9464',
    read: wholeNumber(1, LARGEST_PORT),
  }),
  host: variable({
    name: 'SERVICE_HOST',
    allowed: 'name or address of this machine',
    example: '127.0.0.1',
    read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
  }),
  instance: variable({
    name: 'INSTANCE',
    allowed: 'letters, digits, dots, dashes and underscores',
    example: 'email-0',
    read: (text) => (/^[\w.-]+$/.test(text) ? text : undefined),
  }),
  shutdownMs: variable({
    name: 'SHUTDOWN_MS',
    allowed: `whole number of milliseconds from 1 to ${LONGEST_SHUTDOWN_MS}`,
    example: '20000',
    read: wholeNumber(1, LONGEST_SHUTDOWN_MS),
  }),
  eventsPerSecond: variable({
    name: 'EVENTS_PER_SECOND',
    allowed: `number above 0, at most ${MOST_EVENTS}`,
    example: '10',
    read: rate,
  }),
  withFailures: variable({
    name: 'SHOP_WITH_FAILURES',
    allowed: 'true or false',
    example: 'true',
    read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  }),
} as const;

function servers(text: string): readonly string[] | undefined {
  const all = text.split(',').map((server) => server.trim());
  return all.every((server) => parseServerAddress(server) !== undefined) ? all : undefined;
}

function httpAddress(text: string): string | undefined {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

function wholeNumber(least: number, most: number): (text: string) => number | undefined {
  return (text) => (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined);
}

function rate(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= MOST_EVENTS ? Number(text) : undefined;
}
