import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { GO } from '../stop-script';
import { FORMATS } from '../formation/format-arguments';
import type { Formation } from './formation';
import type { Peers } from './peers';
import type { Readiness } from './readiness';
import type { StopGuard } from './stop-guard';
import type { StopVote } from './stop-vote';

interface GuardServerProps {
  readonly guard: StopGuard;
  readonly peers: Peers;
  readonly vote: StopVote;
  readonly readiness: Readiness;
  readonly formation: Formation;
  readonly say: (line: string) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, path: readonly string[]) => void | Promise<void>;

/**
 * What a guard answers:
 * - other guards: `PUT /status/<id>/<status>`, `PUT` and `DELETE /vote/<id>`, `GET /disk`;
 * - the kubelet: `GET /status` and `GET /ready`;
 * - its own pod alone: `GET /format`, `POST /format/<format>`, and `POST /stop`, whose last line says that the broker may stop.
 */
export function guardServer({ guard, peers, vote, readiness, formation, say }: GuardServerProps): Server {
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
    'GET disk': (_request, response) => json(response, 200, formation.disk),
    'GET format': ownPod(async (_request, response) => {
      const decision = await formation.decide();
      const answer = 'format' in decision ? decision.format : `wait: ${decision.wait}`;
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(`${answer}\n`);
    }),
    'POST format': ownPod((_request, response, [wanted]) => {
      const format = FORMATS.find((one) => one === wanted);
      if (format === undefined) {
        json(response, 400, { error: `the format is one of: ${FORMATS.join(', ')}` });
        return;
      }
      say(`an operator decided: an empty disk of this node is formatted, ${format}`);
      formation.force(format);
      json(response, 200, { format });
    }),
    'POST stop': ownPod(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' });
      response.flushHeaders();
      await guard.untilStoppable((line) => {
        say(line);
        response.write(`${line}\n`);
      });
      response.end(`${GO}\n`);
    }),
  };
  return createServer((request, response) => {
    const [, name = '', ...path] = (request.url ?? '').split('/');
    const handler = routes[`${request.method ?? ''} ${name}`];
    if (handler === undefined) json(response, 404, { error: 'there is no such thing' });
    else void handler(request, response, path);
  });
}

/** Containers of a pod share their loopback interface. */
const ownPod =
  (handler: Handler): Handler =>
  (request, response, path) => {
    if (isLocal(request)) return handler(request, response, path);
    json(response, 403, { error: 'only this pod itself may ask' });
  };

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

const isLocal = ({ socket }: IncomingMessage): boolean =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
