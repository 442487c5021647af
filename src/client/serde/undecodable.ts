import { PermanentError } from '../consumer/errors';

interface Undecodable {
  readonly topic: string;
  /** Of the writer's schema; absent where the bytes name none. */
  readonly id?: number;
  /** Without a byte of the payload: it may be personal, and messages go to logs and headers. */
  readonly reason: string;
}

export const undecodable = ({ topic, id, reason }: Undecodable): PermanentError =>
  new PermanentError(`${topic}: the value cannot be decoded${id === undefined ? '' : ` (schema id ${id})`}: ${reason}`);
