import type { KafkaConnection } from '../../src/protocol/connection';
import { ask, requireOk, type Request } from '../../src/protocol/request';

interface Quota {
  readonly clientId: string;
  readonly setting: 'producer_byte_rate' | 'consumer_byte_rate';
  /** Undefined removes the quota. */
  readonly bytesPerSecond?: number;
}

/** AlterClientQuotas v1, for one client id. */
export const setQuota = (connection: KafkaConnection, quota: Quota): Promise<void> => ask(connection, request(quota));

const request = ({ clientId, setting, bytesPerSecond }: Quota): Request<void> => ({
  apiKey: 49,
  version: 1,
  encode: (body) => {
    body.array([clientId], (name) => {
      body.array(['client-id'], (type) => void body.string(type).string(name).noTags());
      body.array([setting], (key) => {
        body
          .string(key)
          .int64(float64Bits(bytesPerSecond ?? 0))
          .boolean(bytesPerSecond === undefined)
          .noTags();
      });
      body.noTags();
    });
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    body.array(() => {
      requireOk(body.int16(), body.nullableString());
      body.array(() => {
        body.string();
        body.nullableString();
        body.skipTags();
      });
      body.skipTags();
    });
  },
});

function float64Bits(value: number): bigint {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.readBigInt64BE();
}
