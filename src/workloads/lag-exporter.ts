import type { KafkaConnection } from '../protocol/connection';
import { once } from 'node:events';
import { run } from '../console/run';
import { CatalogueWatch } from '../components/lag-exporter/catalogue-watch';
import { Scraper } from '../components/lag-exporter/scraper';
import { lagExporterServer } from '../components/lag-exporter/server';
import { repeatedReading } from '../components/lag-exporter/snapshot';
import { kubernetesLayout } from '../components/kafka-cluster/kubernetes-layout';
import { connectionTo } from '../components/kafka-cluster/layout';
import { readPlan } from '../components/topics/read-plan';
import { CLIENT_IDS } from '../protocol/client-ids';
import { mountedConfig } from './mounted-config';

/** Serves the consumer lag as Prometheus metrics until SIGTERM. */
run(async () => {
  const config = mountedConfig();
  const { port, ignoreGroups } = config.monitoring.lagExporter;
  const connection = connectionTo(kubernetesLayout(config), CLIENT_IDS.lagExporter);
  const say = (line: string): void => console.log(line);
  const catalogue = new CatalogueWatch({ plan: () => currentPlan(connection), say });
  const more = () => catalogue.metrics();
  const scraper = new Scraper({ read: repeatedReading(connection, { ignoreGroups }), say, more });
  void catalogue.start();
  const server = lagExporterServer(scraper).listen(port);
  await once(server, 'listening');
  console.log(`metrics of ${connection.bootstrapServers.join(',')} on port ${port}`);
  process.once('SIGTERM', () => {
    catalogue.stop();
    server.close();
    server.closeAllConnections();
  });
});

/** Reads the configuration again each time: its ConfigMap may change while the pod runs. */
function currentPlan(connection: KafkaConnection) {
  const { topics, provisioning } = mountedConfig();
  const allow = { partitionGrowth: provisioning.allowPartitionGrowth, delete: [] };
  return readPlan({ connection, topics, allow });
}
