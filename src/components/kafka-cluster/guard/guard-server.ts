import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GO } from '../stop-script';
import type { Peers } from './peers';
import type { Readiness } from './readiness';
import type { StopGuard } from './stop-guard';
import type { StopVote } from './stop-vote';

interface GuardServerProps {
  readonly guard: StopGuard;
  readonly peers: Peers;
  readonly vote: StopVote;
  readonly readiness: Readiness;
  readonly say: (line: string) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, path: readonly string[]) => void | Promise<void>;

/**
 * What a guard answers: `PUT /status/<id>/<status>` and `PUT`, `DELETE /vote/<id>` to other guards, `GET /status` and
 * `GET /ready` to the kubelet, and
 * `POST /stop`, whose last line says that the broker may stop, to the hook in its own pod alone.
 */
export function guardServer({ guard, peers, vote, readiness, say }: GuardServerProps): Server {
  const routes: Readonly<Record<string, Handler>> = {
    'GET status': (_request, response) => json(response, 200, { stop: guard.status }),
    'PUT status': (_request, response, [nodeId, stop = '']) => {
      peers.hear(Number(nodeId), stop);
      json(response, 200, { stop: guard.status });
    },
    'GET ready': async (_request, response) => {
      const ready = await readiness.isReady();
      json(response, ready ? 200 : 503, { ready });
    },
    'PUT vote': (_request, response, [candidate]) => json(response, 200, { given: vote.give(Number(candidate)) }),
    'DELETE vote': (_request, response, [candidate]) => {
      vote.release(Number(candidate));
      json(response, 200, {});
    },
    'POST stop': async (request, response) => {
      if (!isLocal(request)) {
        json(response, 403, { error: 'only the broker of this pod may ask' });
        return;
      }
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' });
      response.flushHeaders();
      await guard.untilStoppable((line) => {
        say(line);
        response.write(`${line}\n`);
      });
      response.end(`${GO}\n`);
    },
  };
  return createServer((request, response) => {
    const [, name = '', ...path] = (request.url ?? '').split('/');
    const handler = routes[`${request.method ?? ''} ${name}`];
    if (handler === undefined) json(response, 404, { error: 'there is no such thing' });
    else void handler(request, response, path);
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

const isLocal = ({ socket }: IncomingMessage): boolean =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
