import { definePlatform } from '../../src/platform/definition';
import { SMOKE_TOPIC } from '../../src/smoke/topic';
import { hours } from '../../src/validation/units';
import { environment } from './environment';

/** Not the topic of the smoke test: the brokers' check interval follows from the shortest retention. */
const LOWERED = environment.topics.find(({ name, retentionMs }) => name !== SMOKE_TOPIC && retentionMs !== undefined);

/** The topics, one of which keeps its records for less time. */
export const loweredTopics = environment.topics.map((topic) =>
  topic === LOWERED ? { ...topic, retentionMs: hours(12) } : topic,
);

/** For the commands, by `--config`. */
export default definePlatform({ environments: { lowered: { ...environment, topics: loweredTopics } } });
