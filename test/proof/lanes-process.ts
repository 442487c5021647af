import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { RetriableError } from '../../src/client/consumer/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { decodeRecord } from '../../src/smoke/ledger';
import { runMember, TUNING } from './member';

const MS_PER_RECORD = 10;
/** Some take far longer, so that there is something to commit wrongly. */
const SLOW = { share: 0.02, ms: 400 };
/** Of the first attempts at records. */
const FAILING = 0.01;

/** A consumer to be killed, frozen and scaled. */
runMember(({ bootstrap, groupId, run, file }) =>
  EventConsumer.start({
    ...TUNING,
    bootstrap,
    groupId,
    topics: ['orders'],
    handle: async ({ partition, offset, value }, { attempt }) => {
      await delay(Math.random() < SLOW.share ? SLOW.ms : Math.random() * MS_PER_RECORD);
      if (attempt === 1 && Math.random() < FAILING) throw new RetriableError('passes');
      appendFileSync(file, `${partition} ${offset} ${decodeRecord(run, value) ?? -1}\n`);
    },
  }),
);
