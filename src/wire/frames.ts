import { Decoder } from './protocol';

const LENGTH_BYTES = 4;

/** Cuts what arrives into messages: each has its length before it. */
export function frameReader(onFrame: (frame: Decoder) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  let awaited = LENGTH_BYTES;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= awaited) {
      const data = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      const end = LENGTH_BYTES + data.readInt32BE(0);
      if (size >= end) {
        onFrame(new Decoder(data.subarray(LENGTH_BYTES, end)));
        chunks = [data.subarray(end)];
        size -= end;
        awaited = LENGTH_BYTES;
      } else {
        chunks = [data];
        awaited = end;
      }
    }
  };
}
