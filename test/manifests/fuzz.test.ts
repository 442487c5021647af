import { loadConfig } from '../../tools/support/environments';
import { kafkaClassPath } from '../../src/local/class-path';
import { findJdk, hasJavaCompiler } from '../../src/processes/jdk';
import { apiServer } from '../../tools/fuzz/api-server';
import { parseDrawn, renderAccepted } from '../../tools/fuzz/check';
import { refusedByKafka } from '../../tools/fuzz/kafka';
import { findingsText, fuzz } from '../../tools/fuzz/run';

const SEED = 2_001;
const RUNS = 500;

const jdk = findJdk();
const kind = loadConfig('kind');
const kubeconfig = process.env['KUBECONFIG'];
const itWithKafka = hasJavaCompiler(jdk) ? it : it.skip;
const kafka = async () => ({ java: jdk.java, classPath: await kafkaClassPath({ version: kind.brokers.version, jdk }) });

describe('random configurations', () => {
  itWithKafka(`${RUNS} of seed ${SEED}: Kafka accepts every accepted one, and every refusal has a reason`, async () => {
    const report = await fuzz({
      runs: RUNS,
      seed: SEED,
      kafka: await kafka(),
      renderOneOf: 4,
      ...(kubeconfig !== undefined && { dryRun: await apiServer(kubeconfig) }),
    });
    expect(findingsText(report.findings)).toBe('');
    expect(Math.min(report.accepted, report.refused)).toBeGreaterThan(RUNS / 5);
  });
});

describe('a finding', () => {
  itWithKafka('is a configuration that Kafka refuses', async () => {
    const config = { ...kind, brokers: { ...kind.brokers, properties: { 'log.flush.interval.messages': 'many' } } };
    const [topic] = kind.topics;
    const topics = [{ ...(topic as NonNullable<typeof topic>), minInsyncReplicas: 0 }];
    const found = await refusedByKafka(await kafka(), [
      { seed: 1, config },
      { seed: 2, config: { ...kind, topics } },
      { seed: 3, config: kind },
    ]);
    expect(found.map(({ seed, kind: of }) => ({ seed, of }))).toEqual([
      { seed: 1, of: 'kafka' },
      { seed: 2, of: 'kafka' },
    ]);
  });

  it('is an error that is not a refusal', () => {
    const input = {
      get brokers(): never {
        throw new TypeError('a defect');
      },
    };
    const { accepted, findings } = parseDrawn({ seed: 1, input, changes: [] });
    expect({ accepted, kinds: findings.map(({ kind: of }) => of) }).toEqual({
      accepted: undefined,
      kinds: ['exception'],
    });
    const broken = { ...kind, topics: undefined as never };
    expect(renderAccepted({ seed: 1, config: broken }, false).findings).toMatchObject([{ kind: 'exception' }]);
  });

  (kubeconfig === undefined ? it.skip : it)('is what an API server refuses, and only that', async () => {
    const dryRun = await apiServer(kubeconfig ?? '');
    const { objects } = renderAccepted({ seed: 1, config: kind }, false);
    const bad = objects.find(({ kind: of }) => of === 'CronJob');
    const spoilt = { ...bad, spec: { ...bad?.spec, schedule: '99 * * * *' } } as (typeof objects)[number];
    const found = await dryRun([...objects.map((object) => ({ seed: 1, object })), { seed: 2, object: spoilt }]);
    expect(found).toMatchObject([
      { seed: 2, kind: 'api server', what: expect.stringContaining('99 * * * *') as string },
    ]);
  });
});
