import type { EachBatchPayload } from 'kafkajs';
import { fetchedOf } from '../../../../src/client/consumer/fetched';
import { GroupPositions } from '../../../../src/client/positions/group-positions';
import type { PartitionLog } from '../../../../src/client/positions/partition-log';
import { noteRequested } from '../../../../src/client/positions/registrations';

const PLACE = { topic: 'orders', partition: 5 };
const [OLD, NEW] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];

const positionsOfGroup = (): GroupPositions =>
  new GroupPositions({
    connection: { bootstrapServers: [], clientId: 'test' },
    groupId: 'a-group',
    onMissing: () => undefined,
  });

/** A batch that was requested at offset 59 of the old topic, which may be recreated. */
function fetched() {
  const positions = positionsOfGroup();
  const begin = (topicId: string): PartitionLog => {
    const position = { offset: 59n, log: { topicId: OLD } };
    positions.begin([{ ...PLACE, position }], new Map([[PLACE.topic, topicId]]));
    const log = positions.logOf(PLACE);
    if (log === undefined) throw new Error('there is no log');
    return log;
  };
  const log = begin(OLD);
  const rawMessages: object[] = [];
  noteRequested(rawMessages, { log, offset: log.next });
  const resolved: string[] = [];
  const payload = {
    batch: { ...PLACE, rawMessages, firstOffset: () => '59', lastOffset: () => '69' },
    resolveOffset: (offset: string) => void resolved.push(offset),
  } as unknown as EachBatchPayload;
  return { log, resolved, recreate: () => begin(NEW), ...fetchedOf(payload, positions) };
}

describe('a fetched batch', () => {
  it('is handled if reading continues there, and advances its log', () => {
    const { log, isNext, batch, payload, resolved } = fetched();
    expect(isNext()).toBe(true);
    payload.resolveOffset('69');
    expect([log.next, isNext(), batch.isOutdated()]).toEqual([70n, false, false]);
    // kafkajs keeps the offset by the name of the partition.
    expect(resolved).toEqual([]);
  });

  it('of a replaced log is not handled, and does not advance the new one', () => {
    const { recreate, isNext, batch, payload } = fetched();
    const current = recreate();
    expect([isNext(), batch.isOutdated()]).toEqual([false, true]);
    payload.resolveOffset('69');
    expect(current.next).toBe(0n);
  });

  it('never moves the position back', () => {
    const { log, payload } = fetched();
    log.advance(100n);
    payload.resolveOffset('69');
    expect(log.next).toBe(100n);
  });

  it('without a known log is left to kafkajs', () => {
    const resolveOffset = jest.fn();
    const batch = { ...PLACE, rawMessages: [], firstOffset: () => null };
    const ofKafkajs = { batch, resolveOffset } as unknown as EachBatchPayload;
    const { isNext, payload } = fetchedOf(ofKafkajs, positionsOfGroup());
    payload.resolveOffset('69');
    expect(isNext()).toBe(true);
    expect(resolveOffset).toHaveBeenCalledWith('69');
  });
});
