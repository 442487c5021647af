import type { Encoder } from '../../src/protocol/protocol';
import { askServer, requireOk, type Request } from '../../src/protocol/request';

const BROKER = 4;
const SET = 0;
const DELETE = 1;

/** A broker property to set at run time, or to remove if it is null. */
interface RunTimeProperty {
  /** Address of a broker as `host:port`; of the node itself if one is given. */
  readonly server: string;
  /** The node. @default all brokers of the cluster */
  readonly nodeId?: number;
  readonly property: string;
  readonly value: string | null;
}

/** The equivalent of `kafka-configs.sh --entity-type brokers`. */
export async function setAtRunTime({ server, nodeId, property, value }: RunTimeProperty): Promise<void> {
  const request: Request<void> = {
    apiKey: 44,
    version: 1,
    encode: (body: Encoder) => {
      body.array([nodeId === undefined ? '' : String(nodeId)], (name) => {
        body.int8(BROKER).string(name);
        body.array([property], () => {
          body.string(property);
          body.int8(value === null ? DELETE : SET);
          body.string(value).noTags();
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
  };
  await askServer({ server, clientId: 'test' }, request);
}
