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

  it('skips tags that it does not know', () => {
    const body = bodyOf(new Encoder().varint(1).varint(7).varint(2).int16(9).int32(5));
    body.skipTags();
    expect(body.int32()).toBe(5);
  });

  it('refuses a truncated answer', () => {
    expect(() => new Decoder(Buffer.from([0])).int32()).toThrow('the response is incomplete');
  });
});
