import { connectionTo } from './connection-to';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { run } from '../../src/console/run';

/** Deletes a topic in a separate process, so that a test can wait for it in synchronous code. */
const [bootstrapServers = '', topic = ''] = process.argv.slice(2);
run(() =>
  withAdmin(connectKafka(connectionTo(...bootstrapServers.split(','))), (admin) =>
    admin.deleteTopics({ topics: [topic] }),
  ),
);
