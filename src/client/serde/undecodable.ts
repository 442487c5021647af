import { PermanentError } from '../errors';

interface Undecodable {
  readonly topic: string;
  /** Id of the writer's schema; absent if the bytes contain none. */
  readonly id?: number;
  /** Contains nothing of the payload, which may be personal data: messages go to logs and headers. */
  readonly reason: string;
}

export const undecodable = ({ topic, id, reason }: Undecodable): PermanentError =>
  new PermanentError(`${topic}: the value cannot be decoded${id === undefined ? '' : ` (schema id ${id})`}: ${reason}`);
