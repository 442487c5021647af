import { Decoder, Encoder } from '../../../src/protocol/protocol';
import type { Request } from '../../../src/protocol/request';

/** The body of a request in hexadecimal notation. */
export function encoded<T>({ encode }: Request<T>): string {
  const body = new Encoder();
  encode(body);
  return body.bytes().toString('hex');
}

/** Decodes the body of a response in hexadecimal notation, all of which has to be read but the last tagged fields. */
export function decoded<T>({ decode }: Request<T>, hex: string): T {
  const body = new Decoder(Buffer.from(hex, 'hex'));
  const answer = decode(body);
  body.skipTags();
  expect(() => body.int8()).toThrow('incomplete');
  return answer;
}

/** A short text as the flexible encoding has it, in hexadecimal notation. */
export const text = (value: string): string =>
  `${(value.length + 1).toString(16).padStart(2, '0')}${Buffer.from(value).toString('hex')}`;

/** No tagged fields. */
export const TAGS = '00';

export const NULL = '00';

/** No throttling, the first field of every response. */
export const THROTTLE = '00000000';

/** Kafka's code of no error, with no message. */
export const OK = `0000${NULL}`;

/** Lengths of arrays. */
export const ONE = '02';
export const TWO = '03';
