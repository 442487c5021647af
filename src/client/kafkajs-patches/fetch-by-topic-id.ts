import type { DecodedRecord } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import { FETCH_VERSION, fetchLogs, type FetchAnswer, type FetchedPartition } from '../../protocol/fetch-log';
import { Decoder, Encoder } from '../../protocol/protocol';
import { decodedBatches } from '../log/record-batches';
import { patch } from './patch-kafkajs';
import type { GroupPositions } from '../positions/group-positions';
import type { LogOffset } from '../positions/partition-log';
import { noteRequested, positionsOfBroker } from '../positions/registrations';

const FETCH = 1;
const UNKNOWN_TOPIC_OR_PARTITION = 3;
const OFFSET_OUT_OF_RANGE = 1;

/**
 * Error codes that kafkajs 2.2.4 does not know, mapped to codes with the effect that is needed: the topic id no longer
 * exists, or the broker does not know it yet. kafkajs then refreshes its metadata and rejoins the group.
 */
const KNOWN_AS: ReadonlyMap<number, number> = new Map([
  [100, UNKNOWN_TOPIC_OR_PARTITION],
  [103, UNKNOWN_TOPIC_OR_PARTITION],
]);

/** The fetch parameters of kafkajs. */
interface Asked {
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly rackId: string;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly fetchOffset: string;
      readonly maxBytes: number;
    }[];
  }[];
}

/** A request object of kafkajs; `encode` returns its encoder's buffer. */
interface KafkajsRequest {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>;
  };
  readonly response: {
    readonly decode: (bytes: Buffer) => Promise<unknown>;
    readonly parse: (decoded: unknown) => unknown;
  };
}

type Lookup = (apiKey: number, definition: unknown) => (asked: Asked) => KafkajsRequest;

/** The used part of kafkajs's private broker class. */
interface Broker {
  readonly versions: Readonly<Record<number, { readonly maxVersion: number } | undefined>> | null;
  lookupRequest: Lookup;
  fetch: (this: Broker, request: Asked) => Promise<unknown>;
}

/**
 * Fetches by topic id and sends the leader epoch up to which the log was read (KIP-516, KIP-320). kafkajs 2.2.4 fetches
 * by name. If a topic is deleted and recreated, it reads the new topic at an offset of the old one. kafkajs also waits
 * for a connection after it has determined the offsets; an offset that is no longer the next one of its partition's
 * log is not requested, and what was requested there is dropped. kafkajs then determines it again.
 */
export const fetchByTopicId = patch('Broker', (broker: Broker) => {
  const { fetch } = broker;
  broker.fetch = function (asked) {
    const positions = positionsOfBroker(this);
    if (positions === undefined || !knowsTopicIds(this)) return fetch.call(this, asked);
    if (nextOf(positions, asked).length === 0) return Promise.resolve({ responses: [] });
    const { lookupRequest } = this;
    this.lookupRequest = (...api) => {
      const ofKafkajs = lookupRequest(...api);
      return (all) => {
        const { parse } = ofKafkajs(all).response;
        const { request, decode } = byTopicId(positions, all);
        return { request, response: { decode, parse } };
      };
    };
    try {
      // `fetch` looks up its request before its first await.
      return fetch.call(this, asked);
    } finally {
      this.lookupRequest = lookupRequest;
    }
  };
});

/** True for Kafka 3.1 and newer. */
function knowsTopicIds({ versions }: Broker): boolean {
  const fetch = versions?.[FETCH];
  return fetch !== undefined && fetch.maxVersion >= FETCH_VERSION;
}

/** A requested offset and its log. */
interface AskedLog extends LogOffset {
  readonly maxBytes: number;
}

/**
 * The requested partitions that are to be read at the requested offset. The log and whether the offset belongs to it are
 * determined at the same moment.
 */
const nextOf = (positions: GroupPositions, { topics }: Asked): readonly AskedLog[] =>
  topics.flatMap(({ topic, partitions }) =>
    partitions.flatMap(({ partition, fetchOffset, maxBytes }) => {
      const log = positions.logOf({ topic, partition });
      const offset = BigInt(fetchOffset);
      return log !== undefined && positions.isNext({ log, offset }) ? [{ log, offset, maxBytes }] : [];
    }),
  );

function byTopicId(positions: GroupPositions, asked: Asked) {
  // In the order of kafkajs, which differs with each request: a response may not have room for the last ones.
  const logs = nextOf(positions, asked);
  const fetch = fetchLogs({
    maxWaitMs: asked.maxWaitTime,
    minBytes: asked.minBytes,
    maxBytes: asked.maxBytes,
    rackId: asked.rackId,
    topics: logs.map(({ log: { topicId, partition, epochs }, offset, maxBytes }) => ({
      topicId,
      partitions: [{ partition, offset, leaderEpoch: epochs.upTo(offset), maxBytes }],
    })),
  });
  return {
    request: {
      apiKey: fetch.apiKey,
      apiVersion: fetch.version,
      apiName: 'Fetch',
      encode: () => {
        // kafkajs's request header does not include tagged fields.
        const body = new Encoder().noTags();
        fetch.encode(body);
        const bytes = body.bytes();
        return Promise.resolve({ buf: bytes, buffer: bytes });
      },
    },
    decode: (bytes: Buffer) => {
      const body = new Decoder(bytes);
      body.skipTags();
      return asKafkajs(positions, logs, fetch.decode(body));
    },
  };
}

/** The response in the form in which kafkajs decodes it. */
async function asKafkajs(positions: GroupPositions, logs: readonly AskedLog[], answer: FetchAnswer) {
  const answers = new Map(
    answer.topics.flatMap(({ topicId, partitions }) =>
      partitions.map((each) => [`${topicId}-${each.partition}`, each] as const),
    ),
  );
  const responses = [];
  for (const asked of logs) {
    const { topic, topicId, partition } = asked.log;
    const answered = answers.get(`${topicId}-${partition}`);
    // A broker omits partitions that do not fit into the response.
    if (answered === undefined && answer.code === 0) continue;
    // Neither records nor errors of another log concern the current one.
    if (!positions.isNext(asked)) continue;
    const read =
      answered === undefined
        ? { partition, errorCode: errorCode(answer.code), messages: [] }
        : await partitionAsKafkajs(positions, asked, answered);
    responses.push({ topicName: topic, partitions: [read] });
  }
  return {
    throttleTime: 0,
    clientSideThrottleTime: answer.throttleMs,
    errorCode: answer.code,
    sessionId: 0,
    responses,
  };
}

async function partitionAsKafkajs(positions: GroupPositions, { log, offset }: AskedLog, part: FetchedPartition) {
  const messages: DecodedRecord[] = [];
  if (part.code === 0 && !part.hasDiverged) {
    positions.confirm(log, offset);
    for await (const { firstOffset, partitionLeaderEpoch, records } of decodedBatches(part.bytes)) {
      log.epochs.note(BigInt(firstOffset), partitionLeaderEpoch);
      for (const record of records) messages.push(record);
    }
    noteRequested(messages, { log, offset });
  }
  return {
    partition: part.partition,
    errorCode: part.hasDiverged ? OFFSET_OUT_OF_RANGE : errorCode(part.code),
    highWatermark: String(part.highWatermark),
    lastStableOffset: String(part.lastStableOffset),
    lastStartOffset: String(part.logStartOffset),
    abortedTransactions: part.aborted.map(({ producerId, firstOffset }) => ({
      producerId: String(producerId),
      firstOffset: String(firstOffset),
    })),
    preferredReadReplica: part.preferredReadReplica,
    messages,
  };
}

const errorCode = (code: number): number => KNOWN_AS.get(code) ?? code;
