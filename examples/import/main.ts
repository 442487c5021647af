import { App, Chart } from 'cdk8s';
import { KafkaPlatform } from 'kafka-platform';
import { production } from './platform';

const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'shop', labels: { team: 'shop' } });
const kafka = new KafkaPlatform(chart, 'orders', production);

console.log(`brokers: ${kafka.bootstrapServers}, registry: ${kafka.registryUrl ?? 'none'}`);
app.synth();
