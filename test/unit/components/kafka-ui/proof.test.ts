import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Scrape } from '../../../../src/components/component';
import { kafkaUiProof } from '../../../../src/components/kafka-ui/proof';
import type { Outcome } from '../../../../src/components/outcome';
import { prometheusCheck } from '../../../../src/components/prometheus/check';
import { scraped } from '../../../../src/components/derived';
import { componentsOf } from '../../../../src/platform/components';
import type { SmokeTarget } from '../../../../src/smoke/check';
import { httpCheck, standInsAmong } from '../../../../src/smoke/http-check';
import { kindWith } from '../../../../tools/support/config';

const config = kindWith({});
const [UI_SCRAPE] = scraped(componentsOf(config).filter(({ name }) => name === 'ui')).map(({ metrics }) => metrics);

/** Answers of the server by path; other paths are not found. */
let answers: Readonly<Record<string, unknown>> = {};
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(({ url: asked = '' }, response) => {
    const answer = answers[asked.replace(/\?.*/, '')];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

type Target = SmokeTarget<typeof config>;

const target = (some: Partial<Target>): Target => ({ config, services: {}, settleMs: 0, ...some }) as unknown as Target;

const online = { name: config.name, status: 'online' };

describe('the HTTP check of a component', () => {
  const check = (services: Target['services']): Promise<Outcome> =>
    httpCheck(kafkaUiProof).run(target({ services }), () => undefined);

  it.each([
    ['passes', online, 'passed', 'the UI reports that kafka is online'],
    ['tells a stand-in', { ...online, standIn: true }, 'passed', 'the UI (a stand-in) reports that kafka is online'],
    [
      'fails with the reason that is given',
      { ...online, status: 'offline', lastError: { message: 'no route' } },
      'failed',
      'the UI reports that kafka is offline: no route',
    ],
    ['fails of another cluster', { ...online, name: 'other' }, 'failed', "the UI does not know the cluster 'kafka'"],
  ])('%s', async (_what, cluster, status, summary) => {
    answers = { '/api/clusters': [cluster] };
    await expect(check({ ui: url })).resolves.toMatchObject({ status, summary });
  });

  it('fails if something else answers, and reports the request', async () => {
    answers = {};
    await expect(check({ ui: url })).rejects.toThrow(`the UI answers 404 at ${url}/api/clusters`);
  });

  it('is skipped if the component is not present', async () => {
    await expect(check({ prometheus: url })).resolves.toEqual({ status: 'skipped', summary: 'no UI here' });
  });
});

describe('the check of Prometheus', () => {
  const down = {
    labels: { job: 'ui' },
    scrapeUrl: 'http://kafka-ui:8080/actuator/prometheus',
    health: 'down',
    lastError: 'server returned HTTP status 404 Not Found',
  };

  const check = (cluster: object): Promise<Outcome> => {
    const ok = (data: object): object => ({ status: 'success', data });
    answers = {
      '/api/clusters': [cluster],
      '/api/v1/targets': ok({ activeTargets: [down] }),
      '/api/v1/rules': ok({ groups: [] }),
      '/api/v1/query': ok({ result: [{ metric: {}, value: [0, '1'] }] }),
    };
    const services = { ui: url, prometheus: url };
    const scrapes = [UI_SCRAPE as Scrape];
    const standIns = () => standInsAmong([kafkaUiProof], { config, services });
    const components = componentsOf(config).map((one) => ({ ...one, alerts: () => [] }));
    const fast = { ...config, monitoring: { ...config.monitoring, scrapeIntervalMs: 0 } } as unknown as typeof config;
    return prometheusCheck.run(target({ config: fast, services, scrapes, standIns, components }), () => undefined);
  };

  it('fails when a component serves no metrics', async () => {
    await expect(check(online)).resolves.toMatchObject({
      status: 'failed',
      summary: expect.stringMatching(/^not scraped: ui .*404 Not Found$/) as string,
    });
  });

  it('does not request the metrics of a replacement', async () => {
    await expect(check({ ...online, standIn: true })).resolves.toMatchObject({ status: 'passed' });
  });
});
