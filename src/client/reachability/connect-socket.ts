import type { Socket } from 'node:net';
import type { ISocketFactoryArgs } from 'kafkajs';
import type { KafkaConnection } from '../../protocol/connection';
import { openSocket } from '../../protocol/open-socket';

const KEEP_ALIVE_MS = 60_000;

/** Connects to a server for kafkajs. */
export type ConnectSocket = (place: Pick<ISocketFactoryArgs, 'host' | 'port' | 'onConnect'>) => Socket;

/** Connects as kafkajs does, with the certificates as they are at that moment; kafkajs keeps those of its first connection. */
export const connectSocket =
  ({ tls }: Pick<KafkaConnection, 'tls'>): ConnectSocket =>
  ({ host, port, onConnect }) => {
    const socket = openSocket({ host, port }, tls, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    return socket;
  };
