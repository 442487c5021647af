import { rmSync } from 'node:fs';
import { environments } from '../../../platform/environments';
import type { LocalPlatform } from '../../../src/local/local-platform';
import { applyTopics } from '../../../src/components/topics/apply';
import { source } from '../../../tools/history/topics';
import { discard, oneBroker, startPlatform, temporaryDirectory } from '../../../tools/support/local-platform';

const directory = temporaryDirectory();
let started: LocalPlatform | undefined;

/** One broker with the topic of the history runs, for all tests that observe groups. */
export const broker = {
  config: oneBroker(directory, {
    topics: [source],
    brokers: {
      clusterId: environments.local.brokers.clusterId,
      properties: {
        ...environments.local.brokers.properties,
        // Otherwise no transaction can be created that its coordinator does not know.
        'transaction.partition.verification.enable': false,
      },
    },
  }),
  get platform(): LocalPlatform {
    if (started === undefined) throw new Error('the broker is not started yet');
    return started;
  },
};

beforeAll(async () => {
  started = await startPlatform(broker.config);
  await applyTopics({ connection: started.connection, topics: broker.config.topics });
});

afterAll(async () => {
  if (started !== undefined) await discard(started);
  rmSync(directory, { recursive: true });
});
