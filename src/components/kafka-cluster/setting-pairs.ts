import type { ClusterSettings } from './cluster-settings';
import { knownRelease } from '../../kafka-settings/known-release';

/** One of two numbers that belong together. */
export interface Side {
  /** A broker property, a setting, or what a client of this platform does, in words. */
  readonly name: string;
  readonly value: number;
  /** Whether `brokers.properties` has it. */
  readonly isGiven: boolean;
}

type Config = Pick<ClusterSettings, 'brokers'>;
type ReadSide = (config: Config) => Side;

/** Two numbers of which Kafka's own defaults hold what `brokers.properties` may break. */
export interface SettingPair {
  readonly lesser: ReadSide;
  readonly greater: ReadSide;
  /** How many times the lesser has to fit into the greater. @default 1 */
  readonly times?: number;
  /** Whether they may not be equal. @default false */
  readonly isStrict?: boolean;
  /** What happens where they contradict each other. */
  readonly otherwise: string;
}

/** What `brokers.properties` has, else Kafka's default in that release; -1, none and the largest are no limit. */
const property =
  (name: string): ReadSide =>
  ({ brokers }) => {
    const given = brokers.properties[name];
    const value = given ?? knownRelease(brokers.version)?.broker[name]?.default ?? Infinity;
    const number = typeof value === 'boolean' ? NaN : Number(value);
    const isLimit = number !== -1 && !(number > Number.MAX_SAFE_INTEGER);
    return { name, value: isLimit ? number : Infinity, isGiven: given !== undefined };
  };

const setting =
  (name: string, read: (brokers: Config['brokers']) => number): ReadSide =>
  ({ brokers }) => ({ name, value: read(brokers), isGiven: false });

/** What clients of this platform ask for. Sources: the defaults in `src/client`, kafkajs's for what these leave out. */
const client =
  (name: string, value: number): ReadSide =>
  () => ({ name, value, isGiven: false });

const session = client('the session timeout of this platform’s consumers (ms)', 30_000);
const transaction = client('the longest transaction timeout of this platform’s clients (ms)', 60_000);

const NO_START = 'brokers do not start';
const TOO_LARGE = 'a batch that the topic takes does not fit a segment, and brokers refuse it';

const records = property('message.max.bytes');

/** `group.<kind>.<name>` with the least and the greatest that members may have. */
function bounded(kind: string, name: string): readonly SettingPair[] {
  const at = (bound: string): ReadSide => property(`group.${kind}.${bound}${name}`);
  const bounds = [
    ['min.', ''],
    ['', 'max.'],
    ['min.', 'max.'],
  ] as const;
  return bounds.map(([lesser, greater]) => ({ lesser: at(lesser), greater: at(greater), otherwise: NO_START }));
}

const GROUP_PAIRS = ['consumer', 'share', 'streams'].flatMap((kind): readonly SettingPair[] => [
  ...bounded(kind, 'session.timeout.ms'),
  ...bounded(kind, 'heartbeat.interval.ms'),
  ...bounded(kind, 'assignment.interval.ms'),
  {
    lesser: property(`group.${kind}.heartbeat.interval.ms`),
    greater: property(`group.${kind}.session.timeout.ms`),
    isStrict: true,
    otherwise: 'a member would be given up between two of its heartbeats',
  },
]);

/** Sources: `KafkaConfig.validateValues`, `GroupCoordinatorConfig.validate`, and what brokers answer at run time. */
export const SETTING_PAIRS: readonly SettingPair[] = [
  {
    lesser: records,
    greater: setting('brokers.socketRequestMax', ({ socketRequestMax }) => socketRequestMax),
    otherwise: 'a record that topics take does not fit the largest request',
  },
  {
    lesser: records,
    greater: setting('brokers.segmentBytes', ({ segmentBytes }) => segmentBytes),
    otherwise: TOO_LARGE,
  },
  { lesser: records, greater: property('offsets.topic.segment.bytes'), otherwise: TOO_LARGE },
  { lesser: records, greater: property('transaction.state.log.segment.bytes'), otherwise: TOO_LARGE },
  {
    lesser: records,
    greater: property('share.coordinator.state.topic.segment.bytes'),
    otherwise: TOO_LARGE,
  },
  {
    lesser: setting('brokers.segmentBytes', ({ segmentBytes }) => segmentBytes),
    greater: property('log.retention.bytes'),
    otherwise: 'brokers delete closed segments only, so this limit never holds',
  },
  {
    lesser: setting('brokers.socketRequestMax', ({ socketRequestMax }) => socketRequestMax),
    greater: property('queued.max.request.bytes'),
    otherwise: NO_START,
  },
  {
    lesser: property('replica.fetch.wait.max.ms'),
    greater: property('replica.lag.time.max.ms'),
    otherwise: NO_START,
  },
  {
    lesser: property('replica.fetch.wait.max.ms'),
    greater: property('replica.socket.timeout.ms'),
    otherwise: NO_START,
  },
  {
    lesser: property('broker.heartbeat.interval.ms'),
    greater: property('broker.session.timeout.ms'),
    times: 2,
    otherwise: 'a broker is fenced after one heartbeat that comes late',
  },
  {
    lesser: property('connection.failed.authentication.delay.ms'),
    greater: property('connections.max.idle.ms'),
    isStrict: true,
    otherwise: NO_START,
  },
  {
    lesser: property('log.cleaner.threads'),
    greater: property('log.cleaner.dedupe.buffer.size'),
    times: 1_048_576,
    isStrict: true,
    otherwise: NO_START,
  },
  {
    lesser: property('log.cleaner.min.compaction.lag.ms'),
    greater: property('log.cleaner.max.compaction.lag.ms'),
    otherwise: 'compacted topics cannot be created',
  },
  {
    lesser: property('group.min.session.timeout.ms'),
    greater: property('group.max.session.timeout.ms'),
    otherwise: 'no member can join a group',
  },
  {
    lesser: property('group.min.session.timeout.ms'),
    greater: session,
    otherwise: 'they cannot join their groups (INVALID_SESSION_TIMEOUT)',
  },
  {
    lesser: session,
    greater: property('group.max.session.timeout.ms'),
    otherwise: 'they cannot join their groups (INVALID_SESSION_TIMEOUT)',
  },
  {
    lesser: property('group.initial.rebalance.delay.ms'),
    greater: client('the rebalance timeout of this platform’s consumers (ms)', 60_000),
    isStrict: true,
    otherwise: 'they give up before a group has formed',
  },
  {
    lesser: property('offsets.commit.timeout.ms'),
    greater: client('the request timeout of this platform’s clients (ms)', 12_000),
    isStrict: true,
    otherwise: 'they give a commit up that may still succeed',
  },
  {
    lesser: client('the longest commit metadata of this platform’s consumers (bytes)', 64),
    greater: property('offset.metadata.max.bytes'),
    otherwise: 'no offset can be committed (OFFSET_METADATA_TOO_LARGE)',
  },
  {
    lesser: transaction,
    greater: property('transaction.max.timeout.ms'),
    otherwise: 'they cannot begin a transaction (INVALID_TRANSACTION_TIMEOUT)',
  },
  {
    lesser: property('transaction.max.timeout.ms'),
    greater: property('transactional.id.expiration.ms'),
    otherwise: 'brokers forget a writer whose transaction may still be open',
  },
  {
    lesser: client('the delivery timeout of this platform’s producers (ms)', 120_000),
    greater: property('producer.id.expiration.ms'),
    otherwise: 'brokers forget a producer that still sends again, and its record may stand twice',
  },
  ...GROUP_PAIRS,
  ...bounded('share', 'record.lock.duration.ms'),
];
