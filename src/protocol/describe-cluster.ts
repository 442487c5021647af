import { requireOk, type Request } from './request';

/** Values of `endpointType`. */
const BROKERS = 1;
const CONTROLLERS = 2;

export interface ClusterBroker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  /** Whether the broker is registered but may not serve. */
  readonly isFenced: boolean;
  /** `broker.rack`; null without one, and for controllers. Views that are made of other sources leave it out. */
  readonly rack?: string | null;
}

export interface ClusterDescription {
  readonly clusterId: string;
  readonly brokers: readonly ClusterBroker[];
}

/** DescribeCluster v2: all registered brokers, with the fenced flag that kafkajs does not know. */
export const DESCRIBE_CLUSTER: Request<ClusterDescription> = describe(BROKERS);

/** The same for controllers, those that are gone included. Only controllers answer it. */
export const DESCRIBE_CONTROLLERS: Request<ClusterDescription> = describe(CONTROLLERS);

function describe(endpointType: number): Request<ClusterDescription> {
  return {
    apiKey: 60,
    version: 2,
    encode: (body) => void body.boolean(false).int8(endpointType).boolean(true).noTags(),
    decode: (body) => {
      body.int32();
      requireOk(body.int16(), body.nullableString());
      body.int8();
      const clusterId = body.string();
      body.int32();
      const brokers = body.array(() => {
        const broker = {
          id: body.int32(),
          host: body.string(),
          port: body.int32(),
          rack: body.nullableString(),
          isFenced: body.boolean(),
        };
        body.skipTags();
        return broker;
      });
      return { clusterId, brokers };
    },
  };
}
