import { askServer, requireOk, type Request } from '../../src/protocol/request';

const BROKER = 4;
const [SET, DELETE] = [0, 1];
const RATE = 'leader.replication.throttled.rate';

interface Throttle {
  /** `host:port` of the broker: only the broker itself takes its own settings. */
  readonly server: string;
  readonly nodeId: number;
  /** Undefined removes the throttle. */
  readonly bytesPerSecond?: number;
}

/**
 * Sets how fast a broker gives followers that are not in sync the replicas that its topics name as throttled;
 * IncrementalAlterConfigs v1. A throttle of the follower would not do: a broker that starts fetches before it knows its own.
 */
export const throttleLeader = ({ server, ...throttle }: Throttle): Promise<void> =>
  askServer({ server, clientId: 'throttle' }, request(throttle));

const request = ({ nodeId, bytesPerSecond }: Omit<Throttle, 'server'>): Request<void> => ({
  apiKey: 44,
  version: 1,
  encode: (body) => {
    body.array([nodeId], (id) => {
      body.int8(BROKER).string(String(id));
      body.array([RATE], (name) => {
        body.string(name).int8(bytesPerSecond === undefined ? DELETE : SET);
        body.string(bytesPerSecond === undefined ? null : String(bytesPerSecond)).noTags();
      });
      body.noTags();
    });
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    body.array(() => {
      requireOk(body.int16(), body.nullableString());
      body.int8();
      body.string();
      body.skipTags();
    });
  },
});
