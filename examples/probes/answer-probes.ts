import { createServer, type Server } from 'node:http';
import type { ClientMetrics } from 'kafka-platform/client';

interface AnswerProbesProps {
  /** The environment variable `SERVICE_PORT`. */
  readonly port: number;
  /** The environment variable `SERVICE_HOST`. @default all addresses, as in a pod */
  readonly host?: string | undefined;
  /** Whether the application does its work now, such as `() => consumer.isMember`. */
  readonly isReady: () => boolean;
  readonly metrics: Pick<ClientMetrics, 'contentType' | 'text'>;
}

/** Answers the probes of Kubernetes and the requests of Prometheus. */
export function answerProbes({ port, host, isReady, metrics }: AnswerProbesProps): Server {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain'): void => {
      response.writeHead(status, { 'content-type': type }).end(text);
    };
    if (request.url === '/healthz') answer(200, 'ok\n');
    else if (request.url === '/readyz') answer(isReady() ? 200 : 503, isReady() ? 'ready\n' : 'not ready\n');
    else if (request.url === '/metrics') {
      metrics.text().then(
        (text) => answer(200, text, metrics.contentType),
        () => answer(500, 'the metrics cannot be read\n'),
      );
    } else answer(404, 'not found\n');
  });
  return server.listen(port, host);
}
