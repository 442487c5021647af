import { setTimeout as delay } from 'node:timers/promises';
import { RetriableError } from '../../src/client/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { noteHandled } from './handled';
import { runMember, TUNING } from './member';

const MS_PER_RECORD = 10;
/** Some calls take much longer, so that premature commits become possible. */
const SLOW = { share: 0.02, ms: 400 };
/** Share of first attempts at records that fail. */
const FAILING = 0.01;

/** A consumer that is killed, frozen and scaled. */
runMember(({ connection, groupId, run, file }) =>
  EventConsumer.start({
    ...TUNING,
    connection,
    groupId,
    topics: ['orders'],
    handle: async (record, { attempt }) => {
      await delay(Math.random() < SLOW.share ? SLOW.ms : Math.random() * MS_PER_RECORD);
      if (attempt === 1 && Math.random() < FAILING) throw new RetriableError('passes');
      noteHandled(file, run, record);
    },
  }),
);
