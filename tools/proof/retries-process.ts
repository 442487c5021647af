import { setTimeout as delay } from 'node:timers/promises';
import { PermanentError, RetriableError } from '../../src/client/errors';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { decodeRecord } from '../../src/smoke/ledger';
import { noteHandled } from './handled';
import { runMember, TUNING } from './member';
import { FAILING_CALLS, fateOf, proofChain } from './proof-chain';

const MS_PER_RECORD = 10;

/** A consumer whose records fail according to their numbers. */
runMember(({ connection, run, file }) =>
  RetryingConsumer.start({
    ...TUNING,
    connection,
    chain: proofChain,
    attemptsInPlace: 2,
    handle: async (record, { attempt }) => {
      await delay(Math.random() * MS_PER_RECORD);
      const sequence = decodeRecord(run, record.value);
      if (sequence === undefined) return;
      const fate = fateOf(sequence);
      if (fate === 'permanent') throw new PermanentError('never');
      if (attempt <= FAILING_CALLS[fate]) throw new RetriableError('not yet');
      noteHandled(file, run, record);
    },
  }),
);
