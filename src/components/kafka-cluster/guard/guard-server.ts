import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exposition, TEXT_FORMAT, type Metric } from '../../../monitoring/exposition';
import { GO } from '../stop-script';
import { FORMATS } from '../formation/format-arguments';
import type { Formation } from './formation';
import type { Peers } from './peers';
import type { Readiness } from './readiness';
import type { StopGuard } from './stop-guard';
import type { StopVote } from './stop-vote';
import type { StopsInSpite } from './stops-in-spite';

interface GuardServerProps {
  readonly guard: StopGuard;
  readonly peers: Peers;
  readonly vote: StopVote;
  readonly stopsInSpite: StopsInSpite;
  readonly readiness: Readiness;
  readonly formation: Formation;
  readonly metrics: () => readonly Metric[];
  /** Ends what the guard waits for. @returns what that was; undefined if it waits for nothing */
  readonly pass: () => string | undefined;
  readonly say: (line: string) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, path: readonly string[]) => void | Promise<void>;
type Routes = Readonly<Record<string, Handler>>;

/** What a guard answers: to the kubelet and to Prometheus, to other guards, and to programs in its own pod. */
export function guardServer(props: GuardServerProps): Server {
  const routes: Routes = {
    ...readOnly(props),
    ...ofPeers(props),
    ...local({ ...ofOwnPod(props), ...ofFormation(props) }),
  };
  return createServer((request, response) => {
    const [, name = '', ...path] = (request.url ?? '').split('/');
    const handler = routes[`${request.method ?? ''} ${name}`];
    if (handler === undefined) json(response, 404, { error: 'there is no such path' });
    else void handler(request, response, path);
  });
}

/** `GET /status`, `GET /ready` and `GET /metrics`. */
const readOnly = ({ guard, readiness, metrics }: GuardServerProps): Routes => ({
  'GET status': (_request, response) => json(response, 200, { stop: guard.status }),
  'GET ready': async (_request, response) => {
    const ready = await readiness.isReady();
    json(response, ready ? 200 : 503, { ready });
  },
  'GET metrics': (_request, response) => {
    response.writeHead(200, { 'content-type': TEXT_FORMAT, connection: 'close' });
    response.end(exposition(metrics()));
  },
});

/** What guards tell each other: `PUT /status/<id>/<status>`, `PUT` and `DELETE /vote/<id>`, `PUT /in-spite/<id>/<cause>`, `GET /disk`. */
const ofPeers = ({ guard, peers, vote, stopsInSpite, formation }: GuardServerProps): Routes => ({
  'PUT status': (_request, response, [nodeId, stop = '']) => {
    peers.hear(Number(nodeId), stop);
    json(response, 200, { stop: guard.status });
  },
  'PUT vote': (_request, response, [candidate]) => json(response, 200, { given: vote.give(Number(candidate)) }),
  'DELETE vote': (_request, response, [candidate]) => {
    vote.release(Number(candidate));
    json(response, 200, {});
  },
  'PUT in-spite': (_request, response, [nodeId, cause = '']) => {
    const isNoted = stopsInSpite.note(Number(nodeId), cause);
    json(response, isNoted ? 200 : 400, {});
  },
  'GET disk': (_request, response) => json(response, 200, formation.disk),
});

/** `GET /format`, for the start script; `POST /format/<format>` for an operator. */
const ofFormation = ({ formation, say }: GuardServerProps): Routes => ({
  'GET format': async (_request, response) => {
    const decision = await formation.decide();
    const answer = 'format' in decision ? decision.format : `wait: ${decision.wait}`;
    response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(`${answer}\n`);
  },
  'POST format': (_request, response, [wanted]) => {
    const format = FORMATS.find((one) => one === wanted);
    if (format === undefined) {
      json(response, 400, { text: `The format is '${wanted ?? ''}'; it is one of: ${FORMATS.join(', ')}.` });
      return;
    }
    const text = `An operator decided how an empty disk of this node is formatted: ${format}.`;
    say(text);
    formation.force(format);
    json(response, 200, { text });
  },
});

/**
 * `POST /stop/<seconds waited>`, whose last line says that the node may stop, for the hook; `POST /pass` for an operator.
 */
const ofOwnPod = ({ guard, pass, say }: GuardServerProps): Routes => ({
  'POST stop': async (_request, response, [waited = '0']) => {
    const hook = new AbortController();
    response.once('close', () => hook.abort());
    response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' });
    response.flushHeaders();
    const tell = (line: string): void => {
      say(line);
      response.write(`${line}\n`);
    };
    const waitedMs = Number.isFinite(Number(waited)) ? Number(waited) * 1_000 : 0;
    await guard.untilStoppable({ say: tell, waitedMs, signal: hook.signal });
    response.end(`${GO}\n`);
  },
  'POST pass': (_request, response) => {
    const passed = pass();
    if (passed === undefined) json(response, 409, { text: 'The guard waits for nothing that could be passed.' });
    else json(response, 200, { text: passed });
  },
});

/** Refuses requests that come from another pod. */
const local = (routes: Routes): Routes =>
  Object.fromEntries(
    Object.entries(routes).map(([route, handler]): [string, Handler] => [
      route,
      (request, response, path) =>
        isLocal(request)
          ? handler(request, response, path)
          : json(response, 403, { error: 'only programs of this pod may ask' }),
    ]),
  );

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

const isLocal = ({ socket }: IncomingMessage): boolean =>
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
