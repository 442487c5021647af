import { createServer } from 'node:net';
import { once } from 'node:events';
import { ClientMetrics } from '../../../src/client/metrics/client-metrics';
import type { RunningSample } from '../../../src/service/sample';
import { Service } from '../../../src/service/service';
import { freePort } from '../../support/free-port';
import { until } from '../../support/until';

class Ended extends Error {
  constructor(readonly exitCode?: number) {
    super('the consumer ended (crashed):\n  for good');
  }
}

/** A sample that the test ends and closes. */
class Scripted implements RunningSample {
  isReady = true;
  deadlineMs: number | undefined;
  end!: (error?: Error) => void;
  finishClosing!: () => void;
  readonly ended = new Promise<void>(
    (done, fail) => (this.end = (error) => (error === undefined ? done() : fail(error))),
  );
  private readonly closed = new Promise<void>((done) => (this.finishClosing = done));

  close(deadlineMs: number): Promise<void> {
    this.deadlineMs = deadlineMs;
    return this.closed;
  }
}

interface World {
  readonly service: Service;
  readonly sample: Scripted;
  readonly lines: string[];
  readonly exitCode: Promise<number>;
  /** The status of a path. */
  readonly status: (path: string, method?: string) => Promise<number>;
  readonly url: string;
}

type Start = (sample: Scripted) => Promise<RunningSample>;

async function world(start: Start = (sample) => Promise.resolve(sample), startWithinMs?: number): Promise<World> {
  const port = await freePort();
  const sample = new Scripted();
  const lines: string[] = [];
  const service = new Service({
    name: 'email',
    port,
    shutdownMs: 1_000,
    metrics: new ClientMetrics(),
    say: (line) => lines.push(line),
    start: () => start(sample),
    ...(startWithinMs !== undefined && { startWithinMs }),
  });
  const exitCode = service.run();
  const url = `http://127.0.0.1:${port}`;
  const status = async (path: string, method = 'GET') => (await fetch(`${url}${path}`, { method })).status;
  await until(() => status('/healthz').then(Boolean, () => false));
  return { service, sample, lines, exitCode, status, url };
}

const working = async (start?: Start): Promise<World> => {
  const made = await world(start);
  await until(() => made.lines.includes('started'));
  return made;
};

describe('a service', () => {
  it('lives while it starts, and is ready once its sample is', async () => {
    let begin: () => void = () => undefined;
    const { sample, status, service, exitCode } = await world(async (each) => {
      await new Promise<void>((done) => (begin = done));
      return each;
    });
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    sample.isReady = false;
    begin();
    await new Promise((done) => setImmediate(done));
    expect(await status('/readyz')).toBe(503);
    sample.isReady = true;
    expect(await status('/readyz')).toBe(200);
    service.stop();
    sample.finishClosing();
    expect(await exitCode).toBe(0);
  });

  it('serves the series of its process in Prometheus’ format, and nothing else', async () => {
    const { url, status, service, sample } = await working();
    const metrics = await fetch(`${url}/metrics?name=all`);
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toContain('# TYPE app_kafka_produced_total counter');
    expect([await status('/'), await status('/metrics/'), await status('/metrics', 'POST')]).toEqual([404, 404, 405]);
    service.stop();
    sample.finishClosing();
  });

  it('is not ready while it closes, and has ended when its sample has', async () => {
    const { service, sample, status, exitCode, lines } = await working();
    service.stop();
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    expect(sample.deadlineMs).toBe(900);
    sample.finishClosing();
    expect(await exitCode).toBe(0);
    await expect(status('/healthz')).rejects.toThrow();
    expect(lines).toEqual(['started', 'closed']);
  });

  it('ends all the same when its sample does not close in time', async () => {
    const { service, exitCode, lines } = await working();
    service.stop();
    expect(await exitCode).toBe(1);
    expect(lines).toContain('not closed within 1000 ms, ends all the same');
  });

  it.each([
    [5, 5],
    [undefined, 1],
  ])('closes a sample that ended with exit code %p, says so in one line and ends with %i', async (code, expected) => {
    const { sample, status, exitCode, lines } = await working();
    sample.end(new Ended(code));
    await until(() => sample.deadlineMs !== undefined);
    expect([await status('/healthz'), await status('/readyz')]).toEqual([503, 503]);
    sample.finishClosing();
    expect(await exitCode).toBe(expected);
    expect(lines).toEqual(['started', 'the consumer ended (crashed):; for good', 'closed']);
  });

  it('tries to start again, and says each reason once', async () => {
    const reasons = ['no broker', 'no broker', 'no schema'];
    const { lines, service, sample, exitCode } = await working((each) => {
      const reason = reasons.shift();
      return reason === undefined ? Promise.resolve(each) : Promise.reject(new Error(reason));
    });
    expect(lines).toEqual([
      'does not start yet, tries again: no broker',
      'does not start yet, tries again: no schema',
      'started',
    ]);
    service.stop();
    sample.finishClosing();
    expect(await exitCode).toBe(0);
  });

  it('gives up after its time, with the last reason', async () => {
    const { exitCode, lines } = await world(() => Promise.reject(new Error('no broker')), 1_500);
    expect(await exitCode).toBe(1);
    expect(lines.at(-1)).toBe(
      'email did not start within 1.5 s: no broker; fix: see that brokers and schema registry run, and that their topics and schemas are applied',
    );
  });

  it('closes what had begun to start when it was told to stop', async () => {
    let begin: () => void = () => undefined;
    const { service, sample, exitCode, lines } = await world(async (each) => {
      await new Promise<void>((done) => (begin = done));
      return each;
    });
    service.stop();
    begin();
    await until(() => sample.deadlineMs !== undefined);
    sample.finishClosing();
    expect(await exitCode).toBe(0);
    expect(lines).toEqual(['closed']);
  });

  it('waits no longer than for an end for what does not come to start', async () => {
    const { service, exitCode, lines } = await world(() => new Promise(() => undefined));
    service.stop();
    expect(await exitCode).toBe(0);
    expect(lines).toEqual(['had not started, ends all the same']);
  });

  it('refuses a port that is taken', async () => {
    const port = await freePort();
    const taken = createServer().listen(port);
    await once(taken, 'listening');
    const metrics = new ClientMetrics();
    const start = () => Promise.resolve(new Scripted());
    const service = new Service({ name: 'email', port, shutdownMs: 1, metrics, say: () => undefined, start });
    await expect(service.run()).rejects.toThrow(new RegExp(`port ${port}; email cannot[\\s\\S]*fix:`));
    taken.close();
  });
});
