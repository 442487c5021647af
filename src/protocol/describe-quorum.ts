import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

/** The topic with the cluster's metadata. */
const METADATA_TOPIC = '__cluster_metadata';

export interface QuorumReplica {
  readonly replicaId: number;
  readonly logEndOffset: bigint;
  /** Milliseconds since 1970, as known to the leader; -1 if unknown. */
  readonly lastFetchTimestamp: bigint;
  readonly lastCaughtUpTimestamp: bigint;
}

export interface QuorumDescription {
  /** Node id of the active controller; -1 without one. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: bigint;
  readonly voters: readonly QuorumReplica[];
}

/** DescribeQuorum v1, which kafkajs lacks. The queried broker forwards it to the active controller. */
export const DESCRIBE_QUORUM: Request<QuorumDescription> = {
  apiKey: 55,
  version: 1,
  encode: (body) => {
    body.array([METADATA_TOPIC], (topic) => {
      body.string(topic);
      body.array([0], (partition) => void body.int32(partition).noTags()).noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    requireOk(body.int16());
    const [quorum] = body.array(() => decodeTopic(body)).flat();
    if (quorum === undefined) throw new RangeError('the response contains no quorum');
    return quorum;
  },
};

function decodeTopic(body: Decoder): QuorumDescription[] {
  body.string();
  const partitions = body.array(() => {
    body.int32();
    requireOk(body.int16());
    const head = { leaderId: body.int32(), leaderEpoch: body.int32(), highWatermark: body.int64() };
    const voters = body.array(() => decodeReplica(body));
    body.array(() => decodeReplica(body));
    body.skipTags();
    return { ...head, voters };
  });
  body.skipTags();
  return partitions;
}

function decodeReplica(body: Decoder): QuorumReplica {
  const replica = {
    replicaId: body.int32(),
    logEndOffset: body.int64(),
    lastFetchTimestamp: body.int64(),
    lastCaughtUpTimestamp: body.int64(),
  };
  body.skipTags();
  return replica;
}
