import { Decoder, Encoder } from '../../../src/protocol/protocol';

/** The encoded bytes without the leading size. */
const bodyOf = (encoder: Encoder): Decoder => new Decoder(encoder.framed().subarray(4));

describe('Kafka’s flexible encoding', () => {
  it.each([0, 1, 127, 128, 300, 16_384, 2 ** 31 - 1])('keeps %i as varint', (value) => {
    expect(bodyOf(new Encoder().varint(value)).varint()).toBe(value);
  });

  it('encodes 300 like Kafka', () => {
    expect(new Encoder().varint(300).framed().toString('hex')).toBe('00000002ac02');
  });

  it.each(['', 'orders', 'Ö'])('keeps the text %p', (text) => {
    expect(bodyOf(new Encoder().string(text)).string()).toBe(text);
  });

  it('distinguishes null from an empty text', () => {
    expect(bodyOf(new Encoder().string(null)).nullableString()).toBeNull();
    expect(bodyOf(new Encoder().string('')).nullableString()).toBe('');
  });

  it('keeps numbers, booleans and lists', () => {
    const body = bodyOf(
      new Encoder()
        .int8(-1)
        .int16(-2)
        .int32(-3)
        .boolean(true)
        .array([1, 2], () => undefined),
    );
    expect([body.int8(), body.int16(), body.int32(), body.boolean()]).toEqual([-1, -2, -3, true]);
    expect(body.varint()).toBe(3);
  });

  it.each([0, 12.5, -1e300, 2 ** 53 - 1])('keeps the number %d with a fraction or of any size', (value) => {
    expect(bodyOf(new Encoder().float64(value)).float64()).toBe(value);
  });

  it.each(['', '00', '01ff', 'ab'.repeat(200)])('keeps the bytes %p', (hex) => {
    const body = bodyOf(new Encoder().compactBytes(Buffer.from(hex, 'hex')).int8(7));
    expect(body.bytes().toString('hex')).toBe(hex);
    expect(body.int8()).toBe(7);
  });

  it('skips tags that it does not know', () => {
    const body = bodyOf(new Encoder().varint(1).varint(7).varint(2).int16(9).int32(5));
    body.skipTags();
    expect(body.int32()).toBe(5);
  });

  it('refuses a truncated answer', () => {
    expect(() => new Decoder(Buffer.from([0])).int32()).toThrow('the response is incomplete');
  });
});
