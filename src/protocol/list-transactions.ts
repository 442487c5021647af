import { requireOk, type Request } from './request';

export interface ListedTransaction {
  readonly transactionalId: string;
  readonly producerId: bigint;
}

/** ListTransactions v0 for these producers: the transactional ids that the queried broker coordinates. */
export const listTransactions = (producerIds: readonly bigint[]): Request<readonly ListedTransaction[]> => ({
  apiKey: 66,
  version: 0,
  encode: (body) => {
    const anyState: readonly string[] = [];
    body.array(anyState, (state) => void body.string(state));
    body.array(producerIds, (id) => void body.int64(id)).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16());
    body.array(() => body.string());
    return body.array(() => {
      const listed = { transactionalId: body.string(), producerId: body.int64() };
      body.string();
      body.skipTags();
      return listed;
    });
  },
});
