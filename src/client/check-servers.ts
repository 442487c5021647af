import type { KafkaConnection } from '../protocol/connection';
import { parseServerAddress } from '../protocol/server-address';
import { WrongOption } from './errors';

/** @throws {WrongOption} that names every bootstrap server that cannot be connected to */
export function checkServers({ bootstrapServers }: Pick<KafkaConnection, 'bootstrapServers'>): void {
  const problems = bootstrapServers.flatMap((server, index) => {
    const problem = problemOf(server);
    return problem === undefined ? [] : [`bootstrapServers.${index} = '${server}': ${problem}`];
  });
  if (bootstrapServers.length === 0) problems.push('bootstrapServers is empty: name at least one broker as host:port');
  if (problems.length > 0) throw new WrongOption(`The connection cannot be used:\n  ${problems.join('\n  ')}`);
}

function problemOf(server: string): string | undefined {
  const address = parseServerAddress(server);
  if (address === undefined) return 'allowed is host:port with a port from 1 to 65535; fix: write it as kafka:9092';
  // kafkajs takes all before the first colon for the host.
  if (address.host.includes(':')) return 'allowed is a name or an IPv4 address; fix: give the IPv6 address a name';
  return undefined;
}
