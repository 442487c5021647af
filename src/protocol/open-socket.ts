import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { ConnectionTls } from './connection';
import { readText } from './text-source';

interface SocketPlace {
  readonly host: string;
  readonly port: number;
  /** Name that the certificate of the server has to have, where the server is reached elsewhere. @default the host */
  readonly name?: string;
}

/** Connects to a server; certificates are read now. @param onConnect called when data may be sent */
export function openSocket(
  { host, port, name = host }: SocketPlace,
  tls: ConnectionTls | undefined,
  onConnect: () => void,
): Socket {
  if (tls === undefined) return connect({ host, port }, onConnect);
  const identity: ConnectionOptions = {
    // Server names are names: an address is not sent, but checked.
    ...(isIP(name) === 0 && { servername: name }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  };
  return connectTls({ host, port, ...identity, ...materialOf(tls) }, onConnect);
}

function materialOf({ ca, certificate }: ConnectionTls): ConnectionOptions {
  const own = certificate && readText(certificate, 'the certificate of the client');
  return {
    ca: readText(ca, 'the certificates that are trusted'),
    ...(own !== undefined && { cert: own, key: own }),
  };
}
