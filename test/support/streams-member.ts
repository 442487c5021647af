import type { KafkaConnection } from '../../src/protocol/connection';
import { requireOk, type Request } from '../../src/protocol/request';
import { askCoordinator } from './modern-member';

const REBALANCE_TIMEOUT_MS = 60_000;

/** Joins again like a restarted application; by then the coordinator knows the topic. */
const JOINS_AGAIN_MS = 15_000;

const NULL_STRUCT = -1;
const PRESENT = 1;

interface StreamsMember {
  readonly group: string;
  readonly member: string;
  readonly topic: string;
}

/** A member of a group of type `streams` (KIP-1071), like an application that reads one topic. */
export class JoinedStreams {
  private epoch = 0;
  private joinedAt = Date.now();

  constructor(
    private readonly connection: KafkaConnection,
    private readonly who: StreamsMember,
  ) {}

  /** Joins with the first heartbeat, and again after some time; receives its tasks with a later heartbeat. */
  async heartbeat(): Promise<void> {
    if (Date.now() - this.joinedAt > JOINS_AGAIN_MS) {
      this.epoch = 0;
      this.joinedAt = Date.now();
    }
    this.epoch = await askCoordinator(this.connection, heartbeat(this.who, this.epoch));
  }
}

/** StreamsGroupHeartbeat v0. @returns the new epoch of the member */
const heartbeat = ({ group, member, topic }: StreamsMember, epoch: number): Request<number> => ({
  apiKey: 88,
  version: 0,
  encode: (body) => {
    const none: readonly string[] = [];
    const noneOf = (count: number): void => {
      for (let index = 0; index < count; index += 1) body.array(none, () => undefined);
    };
    const nulls = (count: number): void => {
      for (let index = 0; index < count; index += 1) body.nullArray();
    };
    body.string(group).string(member).int32(epoch).int32(0).string(null).string(null);
    if (epoch === 0) {
      body.int32(REBALANCE_TIMEOUT_MS).int8(PRESENT).int32(0);
      body.array([topic], (source) => {
        body.string('0').array([source], (name) => void body.string(name));
        noneOf(5);
        body.noTags();
      });
      body.noTags();
      noneOf(3);
      body.string('one-process').int8(NULL_STRUCT);
      noneOf(1);
      nulls(2);
    } else {
      body.int32(-1).int8(NULL_STRUCT);
      nulls(3);
      body.string(null).int8(NULL_STRUCT);
      nulls(3);
    }
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    body.string();
    return body.int32();
  },
});
