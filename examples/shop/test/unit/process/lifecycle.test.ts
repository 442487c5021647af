import { createServer } from 'node:net';
import { once } from 'node:events';
import { ClientMetrics } from '../../../../../src/client/metrics/client-metrics';
import type { RunningApplication } from '../../../src/process/application';
import { Lifecycle } from '../../../src/process/lifecycle';
import { freePort } from '../../../../../tools/support/free-port';
import { until } from '../../../../../test/support/until';

class Ended extends Error {
  constructor(readonly exitCode?: number) {
    super('the consumer ended (crashed):\n  for good');
  }
}

/** An application that the test ends and closes. */
class Scripted implements RunningApplication {
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
  readonly lifecycle: Lifecycle;
  readonly application: Scripted;
  readonly lines: string[];
  readonly exitCode: Promise<number>;
  /** The status of a path. */
  readonly status: (path: string, method?: string) => Promise<number>;
  readonly url: string;
}

type Start = (application: Scripted) => Promise<RunningApplication>;

async function world(
  start: Start = (application) => Promise.resolve(application),
  startWithinMs?: number,
): Promise<World> {
  const port = await freePort();
  const application = new Scripted();
  const lines: string[] = [];
  const lifecycle = new Lifecycle({
    name: 'email',
    port,
    shutdownMs: 1_000,
    metrics: new ClientMetrics(),
    say: (line) => lines.push(line),
    start: () => start(application),
    ...(startWithinMs !== undefined && { startWithinMs }),
  });
  const exitCode = lifecycle.run();
  const url = `http://127.0.0.1:${port}`;
  const status = async (path: string, method = 'GET') => (await fetch(`${url}${path}`, { method })).status;
  await until(() => status('/healthz').then(Boolean, () => false));
  return { lifecycle, application, lines, exitCode, status, url };
}

const working = async (start?: Start): Promise<World> => {
  const made = await world(start);
  await until(() => made.lines.includes('started'));
  return made;
};

describe('the process of an application', () => {
  it('is alive while it starts, and ready once its application is', async () => {
    let begin: () => void = () => undefined;
    const { application, status, lifecycle, exitCode } = await world(async (each) => {
      await new Promise<void>((done) => (begin = done));
      return each;
    });
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    application.isReady = false;
    begin();
    await new Promise((done) => setImmediate(done));
    expect(await status('/readyz')).toBe(503);
    application.isReady = true;
    expect(await status('/readyz')).toBe(200);
    lifecycle.stop();
    application.finishClosing();
    expect(await exitCode).toBe(0);
  });

  it('serves the series of its process in Prometheus’ format, and nothing else', async () => {
    const { url, status, lifecycle, application } = await working();
    const metrics = await fetch(`${url}/metrics?name=all`);
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toContain('# TYPE app_kafka_produced_total counter');
    expect([await status('/'), await status('/metrics/'), await status('/metrics', 'POST')]).toEqual([404, 404, 405]);
    lifecycle.stop();
    application.finishClosing();
  });

  it('is not ready while it closes, and has ended when its application has', async () => {
    const { lifecycle, application, status, exitCode, lines } = await working();
    lifecycle.stop();
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    expect(application.deadlineMs).toBe(900);
    application.finishClosing();
    expect(await exitCode).toBe(0);
    await expect(status('/healthz')).rejects.toThrow();
    expect(lines).toEqual(['started', 'closed']);
  });

  it('ends even if its application does not close in time', async () => {
    const { lifecycle, exitCode, lines } = await working();
    lifecycle.stop();
    expect(await exitCode).toBe(1);
    expect(lines).toContain('not closed within 1000 ms, ends all the same');
  });

  it.each([
    [5, 5],
    [undefined, 1],
  ])(
    'closes an application that ended with exit code %p, reports it in one line and ends with %i',
    async (code, expected) => {
      const { application, status, exitCode, lines } = await working();
      application.end(new Ended(code));
      await until(() => application.deadlineMs !== undefined);
      expect([await status('/healthz'), await status('/readyz')]).toEqual([503, 503]);
      application.finishClosing();
      expect(await exitCode).toBe(expected);
      expect(lines).toEqual(['started', 'the consumer ended (crashed):; for good', 'closed']);
    },
  );

  it('retries the start, and reports each reason once', async () => {
    const reasons = ['no broker', 'no broker', 'no schema'];
    const { lines, lifecycle, application, exitCode } = await working((each) => {
      const reason = reasons.shift();
      return reason === undefined ? Promise.resolve(each) : Promise.reject(new Error(reason));
    });
    expect(lines).toEqual([
      'does not start yet, tries again: no broker',
      'does not start yet, tries again: no schema',
      'started',
    ]);
    lifecycle.stop();
    application.finishClosing();
    expect(await exitCode).toBe(0);
  });

  it('gives up after its time limit, with the last reason', async () => {
    const { exitCode, lines } = await world(() => Promise.reject(new Error('no broker')), 1_500);
    expect(await exitCode).toBe(1);
    expect(lines.at(-1)).toBe('email did not start within 1.5 s: no broker');
  });

  it('closes a starting application when it receives a signal', async () => {
    let begin: () => void = () => undefined;
    const { lifecycle, application, exitCode, lines } = await world(async (each) => {
      await new Promise<void>((done) => (begin = done));
      return each;
    });
    lifecycle.stop();
    begin();
    await until(() => application.deadlineMs !== undefined);
    application.finishClosing();
    expect(await exitCode).toBe(0);
    expect(lines).toEqual(['closed']);
  });

  it('waits for a hanging start no longer than for an end', async () => {
    const { lifecycle, exitCode, lines } = await world(() => new Promise(() => undefined));
    lifecycle.stop();
    expect(await exitCode).toBe(0);
    expect(lines).toEqual(['had not started, ends all the same']);
  });

  it('refuses an occupied port', async () => {
    const port = await freePort();
    const taken = createServer().listen(port);
    await once(taken, 'listening');
    const metrics = new ClientMetrics();
    const start = () => Promise.resolve(new Scripted());
    const lifecycle = new Lifecycle({ name: 'email', port, shutdownMs: 1, metrics, say: () => undefined, start });
    await expect(lifecycle.run()).rejects.toThrow(new RegExp(`port ${port}; email cannot[\\s\\S]*fix:`));
    taken.close();
  });
});
