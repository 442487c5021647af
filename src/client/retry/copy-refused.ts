import { formatBytes } from '../../validation/units';
import { OutageError } from '../errors';
import type { RecordRefused } from '../producer/refusals';
import type { TransactionRecord } from '../transactions/transaction-record';
import { SPRING } from './header-names';
import { commandLine } from '../../validation/command-line';

/** Topic settings that decide whether a copy of a record is accepted: Kafka's name and the catalogue's name. */
const SETTINGS: Readonly<Record<string, string>> = {
  MESSAGE_TOO_LARGE: 'max.message.bytes (settings.maxMessageBytes)',
  RECORD_LIST_TOO_LARGE: 'segment.bytes (segmentBytes)',
  INVALID_TIMESTAMP:
    'message.timestamp.before.max.ms or message.timestamp.after.max.ms (settings.messageTimestampBeforeMaxMs, ' +
    'settings.messageTimestampAfterMaxMs)',
  INVALID_RECORD: 'cleanup.policy (cleanupPolicy: delete)',
};

/**
 * The topic for copies rejects a copy of a record that the source topic accepted. The cause is a setting and not the
 * record, and no record may be skipped, so the copy is retried until the setting is changed.
 */
export class CopyRefused extends OutageError {
  override readonly code = 'COPY_REFUSED';

  /** @param copies copies of which the topic rejects one */
  constructor(refusal: RecordRefused, copies: readonly TransactionRecord[]) {
    const { topic, partition, type } = refusal;
    const setting = SETTINGS[type] ?? 'its settings';
    const bytes = Math.max(0, ...copies.map(sizeOf));
    super(
      `${topic}-${partition} refuses the copy of a record that failed (${type}), of ${bytes} bytes (${formatBytes(bytes)}) before ` +
        `compression: change ${setting} of ${topic} in the catalogue, then ${commandLine('topics apply')}; until then it is tried again`,
      { cause: refusal },
    );
  }
}

/** The copy without the stack trace of its error, the largest of its headers. */
export function withoutStack<C extends Pick<TransactionRecord, 'headers'>>(copy: C): C {
  const headers = Object.entries(copy.headers ?? {}).filter(([name]) => name !== SPRING.stack);
  return { ...copy, headers: Object.fromEntries(headers) };
}

export const hasStack = ({ headers }: Pick<TransactionRecord, 'headers'>): boolean =>
  headers !== undefined && Object.hasOwn(headers, SPRING.stack);

function sizeOf({ key, value, headers = {} }: TransactionRecord): number {
  const values = Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((each) => [name, each]));
  return [key ?? '', value ?? '', ...values].reduce((sum, each) => sum + Buffer.byteLength(each), 0);
}
