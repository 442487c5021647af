import { refusalsIn, type Refusal } from './refusal';
import type { Request } from './request';

const UNKNOWN_TOPIC = 3;

/** The topic id for topics that are identified by name. */
const NO_ID = Buffer.alloc(16).toString('base64url');

/**
 * DeleteTopics v6, with the reasons of rejections. A topic that no longer exists is not an error.
 * @param timeoutMs time limit of the controller
 */
export const deleteTopics = (topics: readonly string[], timeoutMs: number): Request<readonly Refusal[]> => ({
  apiKey: 20,
  version: 6,
  encode: (body) => {
    body.array(topics, (topic) => void body.string(topic).uuid(NO_ID).noTags());
    body.int32(timeoutMs).noTags();
  },
  decode: (body) => {
    body.int32();
    const answers = body.array(() => {
      const topic = body.string();
      body.uuid();
      const code = body.int16();
      const message = body.nullableString();
      body.skipTags();
      return { topic, code, message };
    });
    return refusalsIn(answers, [UNKNOWN_TOPIC]);
  },
});
