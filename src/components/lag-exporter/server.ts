import { createServer, type Server, type ServerResponse } from 'node:http';
import { TEXT_FORMAT } from '../../monitoring/exposition';
import type { Scraper } from './scraper';

/** Serves `GET /metrics` for Prometheus, and `GET /healthz`, which confirms only that the process answers. */
export function lagExporterServer(scraper: Scraper): Server {
  return createServer(({ method, url = '' }, response) => {
    const [path] = url.split('?');
    if (method !== 'GET') answer(response, 405, 'only GET\n');
    else if (path === '/metrics') void scraper.metrics().then((text) => answer(response, 200, text));
    else if (path === '/healthz') answer(response, 200, 'ok\n');
    else answer(response, 404, 'available paths: /metrics and /healthz\n');
  });
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': TEXT_FORMAT });
  response.end(text);
}
