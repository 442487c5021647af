import { requireOk, type Request } from './request';

/**
 * UnregisterBroker v0: removes the registration of a broker. The controller does not refuse a broker that runs or holds
 * replicas: such a broker goes on running, and gets STALE_BROKER_EPOCH to each heartbeat. Fails with code 102 for an id
 * that is not registered.
 */
export const unregisterBroker = (id: number): Request<void> => ({
  apiKey: 64,
  version: 0,
  encode: (body) => void body.int32(id).noTags(),
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString(), `broker ${id}`);
  },
});
