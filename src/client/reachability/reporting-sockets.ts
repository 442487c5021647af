import type { ISocketFactory } from 'kafkajs';
import type { KafkaConnection } from '../../protocol/connection';
import type { NoticeListener } from '../notices';
import { connectSocket } from './connect-socket';
import { ServerAnswers } from './server-answers';
import { tell, type NoticeTarget } from './notice-target';
import { watchedSockets } from './watched-sockets';

/** Clients of one cluster and one listener: what holds up all of them is told once. */
const known = new WeakMap<NoticeListener, Map<string, ServerAnswers>>();

/** What the listener has been told of the servers of a cluster. @param clientId of the clients. @default none, as of the serde */
export function serverAnswers(onNotice: NoticeListener, servers: readonly string[], clientId?: string): ServerAnswers {
  let clusters = known.get(onNotice);
  if (clusters === undefined) known.set(onNotice, (clusters = new Map<string, ServerAnswers>()));
  const name = JSON.stringify([clientId, ...servers]);
  let answers = clusters.get(name);
  if (answers === undefined) clusters.set(name, (answers = new ServerAnswers(clientId)));
  return answers;
}

/** Connections whose servers are told when they do not answer. */
export function reportingSockets(connection: KafkaConnection, target: NoticeTarget): ISocketFactory {
  const answers = serverAnswers(target.onNotice, connection.bootstrapServers, connection.clientId);
  return watchedSockets(connectSocket(connection), {
    failed: (attempt) => tell(target, answers.failed({ ...attempt, now: performance.now() })),
    answered: (server) => tell(target, answers.answered(server, performance.now())),
  });
}
