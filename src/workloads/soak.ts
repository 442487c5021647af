import { randomBytes } from 'node:crypto';
import { run } from '../console/run';
import { quietKafka } from '../client/quiet-kafka';
import { bootstrapServers } from '../render/layout';
import { kubernetesLayout } from '../render/kubernetes-layout';
import { Soak } from '../smoke/soak';
import { SMOKE_TOPIC } from '../topics/catalogue';
import { mountedConfig } from './environment';

const RECORDS_PER_SEND = 10;
const PAUSE_MS = 50;
const SAY_EVERY_MS = 1_000;

/**
 * Writes and reads until SIGTERM, then judges; the verdict is the last line, as JSON. `ACKS=none` makes a writer that
 * breaks its promises.
 */
run(async () => {
  const bootstrap = bootstrapServers(kubernetesLayout(mountedConfig()));
  const soak = await Soak.start({
    bootstrap,
    kafka: quietKafka(bootstrap),
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
