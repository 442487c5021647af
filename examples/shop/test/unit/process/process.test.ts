import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { freePort } from '../../../../../tools/support/free-port';
import { startProgram } from '../../support/program';
import { until } from '../../../../../test/support/until';

const environment = (port: number, more: Readonly<Record<string, string>>) => ({
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  SERVICE_PORT: String(port),
  INSTANCE: 'email-0',
  ...more,
});

describe('a program', () => {
  it('refuses to start, with all problems of its environment', async () => {
    const program = startProgram('email', { SERVICE_PORT: 'http', INSTANCE: 'email-0' });
    expect((await program.exited).code).toBe(1);
    expect(program.output()).toContain('The environment of email has 4 problems; nothing was started');
    expect(program.output()).toContain('KAFKA_BOOTSTRAP_SERVERS = (not set)');
    expect(program.output()).not.toMatch(/ at .*\.ts/);
  });

  it('waits for brokers, and ends successfully after a signal meanwhile', async () => {
    const port = await freePort();
    const program = startProgram(
      'email',
      environment(port, { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1', SHUTDOWN_MS: '30000' }),
    );
    await until(() => program.output().includes('tries again: No broker answers (127.0.0.1:1: '));
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('process_resident_memory_bytes ');
    expect(metrics).toContain('# TYPE app_kafka_produced_total counter');
    program.signal('SIGTERM');
    const { code, afterMs } = await program.exited;
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(10_000);
  });

  it('ends immediately at a second signal', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: broker } = silent.address() as AddressInfo;
    const connected = once(silent, 'connection');
    const variables = { KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${broker}`, SHUTDOWN_MS: '60000' };
    const program = startProgram('email', environment(await freePort(), variables));
    await connected;
    program.signal('SIGINT');
    await new Promise((done) => setTimeout(done, 300));
    program.signal('SIGTERM');
    const { code, afterMs } = await program.exited;
    expect(code).toBe(143);
    expect(afterMs).toBeLessThan(10_000);
    silent.close();
  });
});
