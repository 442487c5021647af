import { Decoder, Encoder } from './protocol';

/** A connection has one request at a time. */
const CORRELATION_ID = 1;

/** The API that a request is for. */
interface Api {
  readonly apiKey: number;
  readonly version: number;
}

/** The header of a request; in flexible versions, tagged fields follow it. */
export const requestHeader = ({ apiKey, version }: Api, clientId: string): Encoder =>
  new Encoder().int16(apiKey).int16(version).int32(CORRELATION_ID).oldString(clientId);

/** A response after its correlation id; in flexible versions, tagged fields follow it. */
export function responseBody(response: Buffer): Decoder {
  const decoder = new Decoder(response);
  decoder.int32();
  return decoder;
}
