import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LocalService, type LocalServiceProps, type ServiceChange } from '../../../src/processes/local-service';
import { until } from '../../support/until';

const WITHIN_MS = 60_000;

let directory: string;
let service: LocalService | undefined;
let lines: string[];
let changes: ServiceChange[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'service-'));
  [lines, changes] = [[], []];
});

afterEach(async () => {
  await service?.stop();
  rmSync(directory, { recursive: true });
});

function start(own: Partial<LocalServiceProps>): LocalService {
  service = new LocalService({
    name: 'The service',
    program: 'sleep',
    args: ['60'],
    logFile: join(directory, 'service.log'),
    isReady: () => Promise.resolve(true),
    startMs: WITHIN_MS,
    unreadyMs: WITHIN_MS,
    pauseMs: 50,
    say: (line) => lines.push(line),
    onChange: (change) => changes.push(change),
    ...own,
  });
  service.start();
  return service;
}

const TOLD = { withinMs: WITHIN_MS, otherwise: () => JSON.stringify({ lines, changes }) };

const kinds = (): readonly string[] => changes.map(({ kind }) => kind);

describe('a local service', () => {
  it('that is killed is restarted, and one line reports it', async () => {
    const { pid } = await ready();
    process.kill(pid, 'SIGKILL');
    await until(() => kinds().filter((kind) => kind === 'ready').length === 2, TOLD);
    expect(kinds()).toEqual(['started', 'ready', 'ended', 'started', 'ready']);
    expect(lines).toEqual([
      `The service has ended (signal SIGKILL); it will be restarted in 0.05 s (see ${join(directory, 'service.log')}).`,
    ]);
    expect(service?.pid).toBe(changes.at(-1)?.pid);
  });

  it('that ends immediately is restarted with growing pauses', async () => {
    start({ program: 'false', args: [] });
    await until(() => lines.length >= 4, TOLD);
    const pauses = lines.map((line) => /restarted in ([\d.]+) s/.exec(line)?.[1]);
    expect(pauses.slice(0, 4)).toEqual(['0.05', '0.1', '0.2', '0.4']);
  });

  it('that never becomes ready is restarted', async () => {
    start({ isReady: () => Promise.resolve(false), startMs: 300 });
    await until(() => kinds().filter((kind) => kind === 'started').length === 2, TOLD);
    expect(lines[0]).toContain('was not ready for 0.3 s');
  });

  it('that is no longer ready is restarted', async () => {
    let isReady = true;
    start({ isReady: () => Promise.resolve(isReady), unreadyMs: 300 });
    await until(() => kinds().includes('ready'), TOLD);
    isReady = false;
    await until(() => kinds().filter((kind) => kind === 'started').length === 2, TOLD);
    expect(kinds().slice(0, 4)).toEqual(['started', 'ready', 'unready', 'ended']);
  });

  it('is not started without its dependencies, and not restarted when they disappear', async () => {
    let canRun = false;
    start({ canRun: () => Promise.resolve(canRun), isReady: () => Promise.resolve(canRun), unreadyMs: 300 });
    await delay(600);
    expect(changes).toEqual([]);
    canRun = true;
    await until(() => kinds().includes('ready'), TOLD);
    canRun = false;
    await until(() => kinds().includes('unready'), TOLD);
    await delay(1_200);
    expect(kinds()).toEqual(['started', 'ready', 'unready']);
    expect(lines).toEqual([]);
  });

  it('is retried if its preparation fails', async () => {
    let fail = true;
    const prepare = (): Promise<void> =>
      fail ? Promise.reject(new Error('no topics\n  fix: wait')) : Promise.resolve();
    start({ prepare });
    await until(() => lines.length > 0, TOLD);
    fail = false;
    await until(() => kinds().includes('ready'), TOLD);
    expect(lines[0]).toContain('The service cannot be started (no topics); it will be restarted in 0.05 s');
  });

  it('is retried if its program is missing, and can be stopped', async () => {
    const missing = start({ program: join(directory, 'none') });
    await until(() => lines.length >= 2, TOLD);
    await missing.stop();
    expect(lines[0]).toContain('cannot be started (The service could not be started: ');
  });

  it('is not restarted after a stop', async () => {
    await ready();
    await service?.stop();
    await delay(300);
    expect(kinds()).toEqual(['started', 'ready', 'ended']);
    expect(lines).toEqual([]);
  });
});

async function ready(): Promise<ServiceChange> {
  start({});
  await until(() => kinds().includes('ready'), TOLD);
  const [first] = changes;
  if (first === undefined) throw new Error('nothing was started');
  return first;
}
