import { RecordRefused } from '../../../../src/client/producer/refusals';
import { CopyRefused, withoutStack } from '../../../../src/client/retry/copy-refused';
import { deadLetter } from '../../../../src/client/retry/dead-letter';
import { record } from '../../../support/consumed';

const copy = deadLetter(record(7), { group: 'email', error: new Error('wrong'), attempts: 1 }, 'orders.email.dlq');
const refusedAs = (type: string): RecordRefused =>
  new RecordRefused('orders.email.dlq', 3, Object.assign(new Error(type), { type }));

describe('a copy that its topic refuses', () => {
  it.each([
    ['MESSAGE_TOO_LARGE', 'max.message.bytes (settings.maxMessageBytes)'],
    ['RECORD_LIST_TOO_LARGE', 'segment.bytes (segmentBytes)'],
    ['INVALID_TIMESTAMP', 'message.timestamp.before.max.ms or message.timestamp.after.max.ms'],
    ['INVALID_RECORD', 'cleanup.policy (cleanupPolicy: delete)'],
  ])('as %s is reported with topic, setting, size and fix', (type, setting) => {
    const { message } = new CopyRefused(refusedAs(type), [copy]);
    expect(message).toContain(`orders.email.dlq-3 refuses the copy of a record that failed (${type})`);
    expect(message).toMatch(/of \d+ bytes/);
    expect(message).toContain(`change ${setting}`);
    expect(message).toContain('npm run topics -- apply');
  });

  it('loses its stack trace, and nothing else', () => {
    const { 'kafka_dlt-exception-stacktrace': stack, ...others } = copy.headers ?? {};
    expect(stack).toContain('wrong');
    expect(withoutStack(copy).headers).toEqual(others);
  });
});
