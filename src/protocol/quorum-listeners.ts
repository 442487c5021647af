import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

/** The topic with the cluster's metadata. */
const METADATA_TOPIC = '__cluster_metadata';

/** The address of a voter of the metadata quorum. */
export interface VoterAddress {
  /** Node id. */
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** DescribeQuorum v2, for the listeners of the controllers that vote. The queried broker forwards it to the active controller. */
export const QUORUM_LISTENERS: Request<readonly VoterAddress[]> = {
  apiKey: 55,
  version: 2,
  encode: (body) => {
    body.array([METADATA_TOPIC], (topic) => {
      body.string(topic);
      body.array([0], (partition) => void body.int32(partition).noTags()).noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    requireOk(body.int16(), body.nullableString());
    body.array(() => skipTopic(body));
    return body.array(() => decodeNode(body)).flat();
  },
};

function skipTopic(body: Decoder): void {
  body.string();
  body.array(() => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    body.int32();
    body.int32();
    body.int64();
    body.array(() => skipReplica(body));
    body.array(() => skipReplica(body));
    body.skipTags();
  });
  body.skipTags();
}

function skipReplica(body: Decoder): void {
  body.int32();
  body.uuid();
  body.int64();
  body.int64();
  body.int64();
  body.skipTags();
}

/** One address of each node is enough. */
function decodeNode(body: Decoder): readonly VoterAddress[] {
  const id = body.int32();
  const [first] = body.array(() => {
    body.string();
    const address = { host: body.string(), port: body.int16() & 0xffff };
    body.skipTags();
    return address;
  });
  body.skipTags();
  return first === undefined ? [] : [{ id, ...first }];
}
