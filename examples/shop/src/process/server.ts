import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ClientMetrics } from 'kafka-platform/client';

/** State of the process, evaluated for each request. */
export interface Health {
  /** False after the application has failed. */
  readonly isHealthy: boolean;
  /** Whether the application currently works. */
  readonly isReady: boolean;
}

interface ServerProps {
  readonly health: Health;
  readonly metrics: Pick<ClientMetrics, 'contentType' | 'text'>;
}

/** Paths of metrics and health; the defaults of the platform. */
const PATHS = { metrics: '/metrics', alive: '/healthz', ready: '/readyz' } as const;

const PLAIN_TEXT = 'text/plain; charset=utf-8';

/** Serves `GET /metrics` for Prometheus, `/healthz` for the liveness probe and `/readyz` for the readiness probe. */
export function applicationServer(props: ServerProps): Server {
  return createServer((request, response) => {
    void answer(props, request, response).catch(() => {
      send(response, 500, 'the metrics cannot be read');
    });
  });
}

async function answer({ health, metrics }: ServerProps, request: IncomingMessage, response: ServerResponse) {
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    send(response, 405, 'only GET');
  } else if (path === PATHS.metrics) {
    response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text());
  } else if (path === PATHS.alive) {
    if (health.isHealthy) send(response, 200, 'ok');
    else send(response, 503, 'ended');
  } else if (path === PATHS.ready) {
    if (health.isReady) send(response, 200, 'ready');
    else send(response, 503, 'not ready');
  } else {
    send(response, 404, `there are ${Object.values(PATHS).join(', ')}`);
  }
}

function send(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { 'content-type': PLAIN_TEXT, 'cache-control': 'no-store' });
  response.end(`${line}\n`);
}
