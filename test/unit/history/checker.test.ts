import { check } from '../../../tools/history/checker';
import { GROUPS, History } from '../../../tools/history/history';

/** Ten records of one partition; every group has handled all except the last three. */
function mostlyHandled(incarnation = 0): History {
  const history = new History();
  for (let id = 1; id <= 10; id++) {
    history.sent.add(id);
    history.acknowledged.push({ id, incarnation, partition: 0, offset: BigInt(id - 1) });
  }
  for (const group of GROUPS) {
    const ids = [1, 2, 3, 4, 5, 6, 7];
    history.accounts[group].given.push(...ids);
    history.accounts[group].handled = ids;
    history.accounts[group].deadLettered = [8, 9, 10];
  }
  return history;
}

const missing = { kind: 'records-missing', topic: 'orders', partition: 0, message: '' } as const;
const retrying = 'retrying';

describe('the checker of histories', () => {
  it('finds no violation if every record was handled or is a dead letter record', () => {
    const { anomalies, counts } = check(mostlyHandled());
    expect(anomalies).toEqual([]);
    expect(counts.retrying).toEqual({ handled: 7, deadLettered: 3, reported: 0, deletedUnseen: 0 });
  });

  it('finds a record that is neither, only for the group that misses it', () => {
    const history = mostlyHandled();
    history.accounts[retrying].deadLettered = [8, 10];
    expect(check(history).anomalies).toEqual(['retrying: lost 9 at 0:8 of incarnation 0']);
  });

  it('accepts deleted records only within the reported range', () => {
    const history = mostlyHandled();
    history.deletions.push({ incarnation: 0, partition: 0, below: 9n });
    history.accounts[retrying].deadLettered = [];
    history.report(retrying, { ...missing, reason: 'log-starts-later', from: 7n, to: 9n });
    const { anomalies, counts } = check(history);
    expect(anomalies).toEqual(['retrying: lost 10 at 0:9 of incarnation 0']);
    expect(counts.retrying.reported).toBe(2);
  });

  it('finds a report of records that were not deleted', () => {
    const history = mostlyHandled();
    history.deletions.push({ incarnation: 0, partition: 0, below: 8n });
    history.report(retrying, { ...missing, reason: 'log-starts-later', from: 7n, to: 9n });
    expect(check(history).anomalies).toEqual([expect.stringContaining('false report log-starts-later')]);
    const other = mostlyHandled();
    other.report(retrying, { ...missing, reason: 'topic-recreated', from: 7n, to: 0n });
    expect(check(other).anomalies).toEqual([expect.stringContaining('false report topic-recreated')]);
  });

  it('accepts records at or above the position in a recreated topic as reported', () => {
    const history = mostlyHandled();
    history.accounts[retrying].deadLettered = [];
    history.accounts[retrying].handled = [1, 2, 3, 4, 5, 7];
    history.incarnation = 1;
    history.report(retrying, { ...missing, reason: 'topic-recreated', from: 7n, to: 0n });
    expect(check(history).anomalies).toEqual(['retrying: lost 6 at 0:5 of incarnation 0']);
  });

  it('accepts all records of a topic that was created and deleted unseen as reported', () => {
    const history = mostlyHandled();
    history.incarnation = 2;
    history.report(retrying, { ...missing, reason: 'topic-recreated', from: 7n, to: 0n });
    history.sent.add(11);
    history.acknowledged.push({ id: 11, incarnation: 1, partition: 0, offset: 2n });
    expect(check(history).anomalies).toEqual(
      ['batches', 'exactly-once'].map((group) => `${group}: lost 11 at 0:2 of incarnation 1`),
    );
  });

  it('expects no report from a group that was stopped while its topic was deleted, but from all others', () => {
    const history = mostlyHandled();
    history.accounts[retrying].deadLettered = [];
    history.accounts.batches.deadLettered = [8, 9];
    history.absences.push({ group: retrying, incarnation: 0 });
    const { anomalies, counts } = check(history);
    expect(anomalies).toEqual(['batches: lost 10 at 0:9 of incarnation 0']);
    expect(counts.retrying.deletedUnseen).toBe(3);
  });

  it('finds records that were not sent, aborted records, and duplicates of exactly-once', () => {
    const history = mostlyHandled();
    history.aborted.add(3);
    history.accounts['exactly-once'].handled = [1, 2, 2, 4, 5, 6, 7, 77];
    history.accounts['exactly-once'].deadLettered = [3, 8, 9, 10];
    expect(check(history).anomalies).toEqual([
      'retrying: phantom 3',
      'batches: phantom 3',
      'exactly-once: phantom 77',
      'exactly-once: phantom 3',
      'exactly-once: duplicate 2',
    ]);
  });
});
