import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PermanentError, RetriableError } from '../../src/client/consumer/errors';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { decodeRecord } from '../../src/smoke/ledger';
import { runMember, TUNING } from './member';
import { FAILING_CALLS, fateOf, proofChain } from './proof-chain';

const MS_PER_RECORD = 10;

/** A consumer whose records fail as their numbers say. */
runMember(({ bootstrap, run, file }) =>
  RetryingConsumer.start({
    ...TUNING,
    bootstrap,
    chain: proofChain,
    attemptsInPlace: 2,
    handle: async ({ partition, offset, value }, { attempt }) => {
      await delay(Math.random() * MS_PER_RECORD);
      const sequence = decodeRecord(run, value);
      if (sequence === undefined) return;
      const fate = fateOf(sequence);
      if (fate === 'permanent') throw new PermanentError('never');
      if (attempt <= FAILING_CALLS[fate]) throw new RetriableError('not yet');
      appendFileSync(file, `${partition} ${offset} ${sequence}\n`);
    },
  }),
);
