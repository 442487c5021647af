import { randomBytes } from 'node:crypto';
import { run } from '../../../src/console/run';
import { connectKafka } from '../../../src/client/kafka-client';
import { connectionTo } from '../../../src/components/kafka-cluster/layout';
import { kubernetesLayout } from '../../../src/components/kafka-cluster/kubernetes-layout';
import { Soak } from '../soak';
import { SMOKE_TOPIC } from '../../../src/smoke/topic';
import { CLIENT_IDS } from '../../../src/protocol/client-ids';
import { mountedConfig } from '../../../src/workloads/mounted-config';

const RECORDS_PER_SEND = 10;
const PAUSE_MS = 50;
const SAY_EVERY_MS = 1_000;

/**
 * Writes and reads until SIGTERM, then checks. The verdict is printed as JSON in the last line. `ACKS=none` makes the
 * writer lose records.
 */
run(async () => {
  const connection = connectionTo(kubernetesLayout(mountedConfig()), CLIENT_IDS.smoke);
  const soak = await Soak.start({
    connection,
    kafka: connectKafka(connection),
    topic: SMOKE_TOPIC,
    run: randomBytes(6).toString('hex'),
    acks: process.env['ACKS'] === 'none' ? 'none' : 'all',
    recordsPerSend: RECORDS_PER_SEND,
    pauseMs: PAUSE_MS,
  });
  const timer = setInterval(() => console.log(`acked ${soak.acked}`), SAY_EVERY_MS);
  await new Promise<void>((done) => process.once('SIGTERM', () => done()));
  clearInterval(timer);
  const verdict = await soak.stop();
  console.log(JSON.stringify(verdict));
  process.exit(verdict.ok ? 0 : 1);
});
