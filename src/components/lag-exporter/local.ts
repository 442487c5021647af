import type { KafkaConnection } from '../../protocol/connection';
import { once } from 'node:events';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { Scraper } from './scraper';
import { lagExporterServer } from './server';
import { repeatedReading } from './snapshot';
import { LOOPBACK } from '../kafka-cluster/local-layout';

interface LagExporterProps {
  readonly connection: KafkaConnection;
  readonly port: number;
  /** Patterns of group names that are excluded. */
  readonly ignoreGroups: readonly string[];
  readonly logFile: string;
}

/** Serves the consumer lag from this process. The exporter has no state, and errors affect single scrapes only. */
export async function serveLag({ connection, port, ignoreGroups, logFile }: LagExporterProps): Promise<Server> {
  mkdirSync(dirname(logFile), { recursive: true });
  const say = (line: string): void => appendFileSync(logFile, `${new Date().toISOString()} ${line}\n`);
  const server = lagExporterServer(new Scraper({ read: repeatedReading(connection, { ignoreGroups }), say }));
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return server;
}
