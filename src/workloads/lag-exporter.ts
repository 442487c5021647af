import { once } from 'node:events';
import { run } from '../console/run';
import { Scraper } from '../exporter/scraper';
import { lagExporterServer } from '../exporter/server';
import { readSnapshot } from '../exporter/snapshot';
import { kubernetesLayout } from '../render/kubernetes-layout';
import { bootstrapServers } from '../render/layout';
import { mountedConfig } from './environment';

/** Tells Prometheus how far consumers are behind, until SIGTERM. */
run(async () => {
  const config = mountedConfig();
  const { port } = config.monitoring.lagExporter;
  const bootstrap = bootstrapServers(kubernetesLayout(config));
  const scraper = new Scraper({ read: () => readSnapshot(bootstrap), say: (line) => console.log(line) });
  const server = lagExporterServer(scraper).listen(port);
  await once(server, 'listening');
  console.log(`metrics of ${bootstrap.join(',')} on port ${port}`);
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
  });
});
