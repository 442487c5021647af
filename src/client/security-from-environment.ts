import type { KafkaConnection } from '../protocol/connection';
import { WrongOption } from './errors';
import { SECURITY_VARIABLES } from './security-variables';

/**
 * How a process connects to brokers that encrypt and ask who connects: what a {@link KafkaConnection} needs besides addresses and client id.
 * Files are read anew at each connection.
 * @param environment of the process, such as `process.env`
 * @returns nothing if none of the variables is set
 * @throws {WrongOption} if only some of them are set
 */
export function securityFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<KafkaConnection, 'tls' | 'sasl'> {
  const valueOf = (name: string): string | undefined => environment[name] || undefined;
  const ca = valueOf(SECURITY_VARIABLES.ca);
  const username = valueOf(SECURITY_VARIABLES.username);
  const password = valueOf(SECURITY_VARIABLES.password);
  if (ca === undefined && username === undefined && password === undefined) return {};
  if (ca !== undefined && username !== undefined && password !== undefined)
    return { tls: { ca: { file: ca } }, sasl: { mechanism: 'scram-sha-512', username, password: { file: password } } };
  const names = Object.values(SECURITY_VARIABLES);
  const missing = names.filter((name) => valueOf(name) === undefined);
  throw new WrongOption(
    `The environment lacks ${missing.join(' and ')}; allowed: all of ${names.join(', ')}, or none of them; fix: set what is missing`,
  );
}
