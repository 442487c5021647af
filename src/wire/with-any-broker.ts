import { UserError } from '../console/user-error';
import { connect, type Connection } from './connection';

/**
 * Connects to the first bootstrap server that accepts, and disconnects in the end.
 * @throws {UserError} when none accepts
 */
export async function withAnyBroker<T>(
  bootstrap: readonly string[],
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connectToAny(bootstrap);
  try {
    return await use(connection);
  } finally {
    connection.close();
  }
}

async function connectToAny(bootstrap: readonly string[]): Promise<Connection> {
  const reasons: string[] = [];
  for (const server of bootstrap) {
    try {
      return await connect(server);
    } catch (error) {
      if (error instanceof UserError) throw error;
      reasons.push(`${server} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new UserError(
    `No broker answers at ${reasons.join(', ')}.`,
    'start the platform (npm start), or name a running cluster with --bootstrap host:port',
  );
}
