import { BROKER_MS, type Api, type Connection } from './connection';
import { refusal, type ResourceResult } from './errors';

const api: Api<readonly string[], readonly ResourceResult[]> = {
  name: 'DeleteTopics',
  key: 20,
  version: 5,
  encode: (encoder, names) =>
    encoder
      .array(names, (topic, name) => topic.string(name))
      .int32(BROKER_MS)
      .noTags(),
  decode(decoder) {
    decoder.int32();
    return decoder.array((topic) => {
      const name = topic.string();
      const refused = refusal(topic.int16(), topic.nullableString());
      topic.tags();
      return { name, refusal: refused };
    });
  },
};

export const deleteTopics = (connection: Connection, names: readonly string[]): Promise<readonly ResourceResult[]> =>
  connection.send(api, names);
