const SIZE_BYTES = 4;

/** Splits one direction of a connection into Kafka's frames, each with its size in front. */
export class Frames {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;

  /** @returns the complete frames */
  take(chunk: Buffer): readonly Buffer[] {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    const frames: Buffer[] = [];
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Buffer | undefined {
    if (this.bytes < SIZE_BYTES) return undefined;
    if ((this.chunks[0]?.length ?? 0) < SIZE_BYTES) this.join();
    const size = SIZE_BYTES + (this.chunks[0]?.readInt32BE(0) ?? 0);
    if (this.bytes < size) return undefined;
    const all = this.join();
    this.chunks.splice(0, 1, all.subarray(size));
    this.bytes -= size;
    return all.subarray(0, size);
  }

  private join(): Buffer {
    const all = Buffer.concat(this.chunks);
    this.chunks.splice(0, this.chunks.length, all);
    return all;
  }
}
