import { once } from 'node:events';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { Scraper } from '../exporter/scraper';
import { lagExporterServer } from '../exporter/server';
import { readSnapshot } from '../exporter/snapshot';
import { LOOPBACK } from '../render/local-layout';

interface LagExporterProps {
  readonly bootstrap: readonly string[];
  readonly port: number;
  readonly logFile: string;
}

/** Serves the lag of consumers from this process: it holds nothing that could be lost, and fails only by scrape. */
export async function serveLag({ bootstrap, port, logFile }: LagExporterProps): Promise<Server> {
  mkdirSync(dirname(logFile), { recursive: true });
  const say = (line: string): void => appendFileSync(logFile, `${new Date().toISOString()} ${line}\n`);
  const server = lagExporterServer(new Scraper({ read: () => readSnapshot(bootstrap), say }));
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return server;
}
