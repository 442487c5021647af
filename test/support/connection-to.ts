import type { KafkaConnection } from '../../src/protocol/connection';

/** A connection for the tests' own client. */
export const connectionTo = (...bootstrapServers: readonly string[]): KafkaConnection => ({
  bootstrapServers,
  clientId: 'test',
});
