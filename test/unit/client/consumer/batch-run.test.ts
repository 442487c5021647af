import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload, Offsets } from 'kafkajs';
import { BatchRun, type RunFailure } from '../../../../src/client/consumer/batch-run';
import { memberCommits, type Commits, type FetchedBatch } from '../../../../src/client/consumer/commits';
import { FatalError, RetriableError } from '../../../../src/client/errors';
import { Handling } from '../../../../src/client/consumer/handling';
import { Slots } from '../../../../src/client/consumer/slots';
import { unitsByKey } from '../../../../src/client/consumer/units';
import { PartitionLog } from '../../../../src/client/positions/partition-log';

const TICK_MS = 10;
const groupError = (type: string): Error => Object.assign(new Error(type), { type });

/** The group from the view of a batch. */
class Broker {
  heartbeats = 0;
  onHeartbeat = () => Promise.resolve();
  onCommit = () => Promise.resolve();
  private readonly waiting: { readonly count: number; readonly tell: () => void }[] = [];

  heartbeat(): Promise<void> {
    this.heartbeats += 1;
    for (const { count, tell } of this.waiting) if (this.heartbeats >= count) tell();
    return this.onHeartbeat();
  }

  /** Resolves after this number of heartbeats, however long they take on a busy machine. */
  beaten(count: number): Promise<void> {
    return new Promise((tell) => this.waiting.push({ count, tell }));
  }
}

type Handler = (offset: bigint, broker: Broker, signal: AbortSignal) => Promise<void> | void;

interface Setting {
  readonly revokeDeadlineMs?: number;
  /** @default as a member of the group */
  readonly commits?: Commits;
  /** @default never */
  readonly isOutdated?: () => boolean;
}

const LOG = new PartitionLog('orders', 0, '2NQ3cV6hQ3mQ1dR0f1Qd8w');
LOG.epochs.note(10n, 4);

/** A batch of offsets 10 to 13 with different keys, followed by a control record. */
function batchRun(handle: Handler, { revokeDeadlineMs = 10_000, commits, isOutdated = () => false }: Setting = {}) {
  const committed: string[] = [];
  const metadata = new Set<unknown>();
  const resolved: string[] = [];
  const changes: Error[] = [];
  const failures: RunFailure[] = [];
  const succeeded: string[] = [];
  const broker = new Broker();
  const payload = {
    batch: {
      partition: 0,
      messages: [10, 11, 12, 13].map((offset) => ({
        offset: String(offset),
        key: Buffer.from(`k${offset}`),
        value: null,
      })),
      lastOffset: () => '14',
    },
    heartbeat: () => broker.heartbeat(),
    commitOffsetsIfNecessary: async ({ topics }: Offsets) => {
      await broker.onCommit();
      committed.push(...topics.flatMap(({ partitions }) => partitions.map(({ offset }) => offset)));
      for (const each of topics.flatMap(({ partitions }) => partitions)) metadata.add({ ...each }['metadata' as never]);
    },
    resolveOffset: (offset: string) => void resolved.push(offset),
  } as unknown as EachBatchPayload;
  const batch: FetchedBatch = { topic: 'orders', partition: 0, firstOffset: 10n, log: LOG, isOutdated };
  const handling = new Handling<'orders'>({
    handle: ([record], { signal }) => (record === undefined ? undefined : handle(record.offset, broker, signal)),
    onPermanent: undefined,
    backOff: { firstMs: 1, maxMs: 1 },
    maxAttempts: Infinity,
    maxUnclassifiedAttempts: 1,
    missingTopicMs: 1,
    handlerTimeoutMs: 60_000,
    failures: { failed: () => undefined, succeeded: () => undefined },
    onEnd: () => undefined,
  });
  const run: BatchRun<'orders'> = new BatchRun({
    topic: 'orders',
    payload,
    slots: new Slots({ calls: 10, bytes: 1_000 }),
    handling,
    cut: unitsByKey,
    commits: commits ?? memberCommits(payload, batch),
    heartbeatIntervalMs: 3 * TICK_MS,
    onFatal: (error) => void changes.push(error),
    onFailed: (failure) => void failures.push(failure),
    onSucceeded: (work) => void succeeded.push(work),
    onGroupChange: (error) => {
      changes.push(error);
      const isLost = error.message === 'ILLEGAL_GENERATION';
      run.interrupt({ finishBy: Date.now() + (isLost ? 0 : revokeDeadlineMs), mayCommit: !isLost, error });
    },
  });
  return { run, broker, committed, metadata, resolved, changes, failures, succeeded };
}

/** A handler that keeps this record for a number of heartbeats, or forever. */
const keeping =
  (kept: bigint, heartbeats?: number): Handler =>
  async (offset, broker) => {
    if (offset === kept) await (heartbeats === undefined ? new Promise(() => undefined) : broker.beaten(heartbeats));
  };

afterEach(() => jest.restoreAllMocks());

describe('a batch', () => {
  it('that is complete is committed beyond its control records', async () => {
    const { run, committed, resolved } = batchRun(() => undefined);
    await run.complete();
    expect({ committed, resolved }).toEqual({ committed: ['15'], resolved: ['14'] });
  });

  it('commits the log’s identity with each offset', async () => {
    const { run, metadata } = batchRun(() => undefined);
    await run.complete();
    expect([...metadata]).toEqual(['topic-id=2NQ3cV6hQ3mQ1dR0f1Qd8w leader-epoch=4']);
  });

  it('of a replaced log changes no position, in memory or committed', async () => {
    let isOutdated = false;
    const { run, committed, resolved } = batchRun(() => void (isOutdated = true), { isOutdated: () => isOutdated });
    await run.complete();
    expect({ committed, resolved }).toEqual({ committed: [], resolved: [] });
  });

  it('keeps its membership and commits completed records during a slow one', async () => {
    const { run, broker, committed } = batchRun(keeping(12n, 4));
    await run.complete();
    expect(broker.heartbeats).toBe(4);
    expect(committed).toEqual(['12', '15']);
  });

  it('ends only when its last record is done, and then sends no more heartbeats', async () => {
    const { run, broker } = batchRun(keeping(13n, 2));
    await run.complete();
    expect(broker.heartbeats).toBe(2);
    await delay(3 * TICK_MS);
    expect(broker.heartbeats).toBe(2);
  });

  it('yields to a rebalance: finishes running records, commits, and passes the original error to kafkajs', async () => {
    const { run, broker, committed, resolved } = batchRun(keeping(10n, 3));
    const error = groupError('REBALANCE_IN_PROGRESS');
    broker.onHeartbeat = () => Promise.reject(error);
    await expect(run.complete()).rejects.toBe(error);
    expect({ committed, resolved }).toEqual({ committed: ['15'], resolved: [] });
  });

  it('abandons records at the deadline of a rebalance, and commits below them', async () => {
    const signals: AbortSignal[] = [];
    const { run, broker, committed } = batchRun(
      (offset, group, signal) => {
        signals.push(signal);
        return keeping(12n)(offset, group, signal);
      },
      { revokeDeadlineMs: 3 * TICK_MS },
    );
    broker.onHeartbeat = () => Promise.reject(groupError('REBALANCE_IN_PROGRESS'));
    await expect(run.complete()).rejects.toThrow('REBALANCE_IN_PROGRESS');
    expect(committed).toEqual(['12']);
    expect(run.unfinished).toEqual([{ topic: 'orders', partition: 0, offset: 12n }]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, true, false]);
  });

  it('commits nothing once its partition is lost', async () => {
    const { run, broker, committed } = batchRun(keeping(12n));
    broker.onHeartbeat = () => Promise.reject(groupError('ILLEGAL_GENERATION'));
    await expect(run.complete()).rejects.toThrow('ILLEGAL_GENERATION');
    expect(committed).toEqual([]);
  });

  it('joins again if the commit reports a new generation', async () => {
    const { run, broker, changes } = batchRun(() => undefined);
    broker.onCommit = () => Promise.reject(groupError('ILLEGAL_GENERATION'));
    await expect(run.complete()).rejects.toThrow('ILLEGAL_GENERATION');
    expect(changes).toHaveLength(1);
  });

  it('tolerates a heartbeat that fails for other reasons', async () => {
    const { run, broker, committed } = batchRun(keeping(12n, 3));
    broker.onHeartbeat = () => Promise.reject(new Error('connection closed'));
    await run.complete();
    expect(committed).toEqual(['15']);
  });

  it('advances in memory if it cannot be committed, so that completed records are not repeated', async () => {
    const { run, broker, resolved } = batchRun(() => undefined);
    broker.onCommit = () => Promise.reject(groupError('GROUP_AUTHORIZATION_FAILED'));
    await expect(run.complete()).rejects.toThrow('GROUP_AUTHORIZATION_FAILED');
    expect(resolved).toEqual(['14']);
  });

  it('sends heartbeats while a commit takes longer than the session', async () => {
    let beatsMeanwhile = 0;
    const { run, broker } = batchRun(() => undefined, {
      commits: {
        areAllOrNothing: true,
        commit: async () => {
          const before = broker.heartbeats;
          await broker.beaten(before + 5);
          beatsMeanwhile = broker.heartbeats - before;
        },
      },
    });
    await run.complete();
    expect(beatsMeanwhile).toBe(5);
  });

  it('does not treat errors of a transaction as a change of the group', async () => {
    const moved = groupError('NOT_COORDINATOR_FOR_GROUP');
    let attempts = 0;
    const commit = (): Promise<void> => {
      attempts += 1;
      return attempts === 1
        ? Promise.reject(new RetriableError('cannot be committed', { cause: moved }))
        : Promise.resolve();
    };
    const { run, changes, resolved, failures, succeeded } = batchRun(() => undefined, {
      commits: { areAllOrNothing: true, commit },
    });
    await run.complete();
    expect({ changes, resolved, succeeded }).toEqual({ changes: [], resolved: ['14'], succeeded: ['commit'] });
    expect(failures).toMatchObject([{ work: 'commit', offset: 10n, attempts: 1 }]);
  });

  it('pauses with growing time between failing commits, while its first record ages', async () => {
    // The clock of this machine may be put back meanwhile.
    const started = Date.now() - performance.now();
    jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(started + performance.now()));
    const at: number[] = [];
    const before: unknown[] = [];
    const commit = (): Promise<void> => {
      at.push(Date.now());
      before.push({ oldest: run.progress.oldest?.offset, isCommitted: run.isCommitted });
      return at.length < 4 ? Promise.reject(new RetriableError('no leader')) : Promise.resolve();
    };
    const { run, failures } = batchRun(() => undefined, { commits: { areAllOrNothing: true, commit } });
    await run.complete();
    expect(before).toEqual(Array.from({ length: 4 }, () => ({ oldest: 10n, isCommitted: false })));
    expect(run.progress.oldest).toBeUndefined();
    expect(failures.map(({ attempts }) => attempts)).toEqual([1, 2, 3]);
    // A timer fires early by as long as the loop was blocked before it was set; three pauses of the first length end before.
    expect(Date.now() - (at[0] ?? 0)).toBeGreaterThanOrEqual((100 + 200 + 400) / 2);
  });

  it('gives up immediately if it can never be committed', async () => {
    let attempts = 0;
    const commit = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(new FatalError('too large'));
    };
    const { run, resolved, changes } = batchRun(() => undefined, { commits: { areAllOrNothing: true, commit } });
    await run.complete();
    expect({ attempts, resolved }).toEqual({ attempts: 1, resolved: [] });
    expect(changes).toEqual([new FatalError('too large')]);
  });

  it('ends without an error when the consumer is closed', async () => {
    const { run, committed } = batchRun(keeping(11n));
    const over = run.complete();
    run.interrupt({ finishBy: Date.now(), mayCommit: true });
    await over;
    expect(committed).toEqual(['11']);
  });
});
