import { timeText } from '../../../src/console/time-text';
import { textOfBytes, visible, visibleJson, visibleLines } from '../../../src/console/visible';

describe('foreign text', () => {
  it.each([
    ['plain \u00e4 \u{1f600}', 'plain \u00e4 \u{1f600}'],
    ['\u001b[2Jgone', '\\x1b[2Jgone'],
    ['two\r\nlines', 'two\\x0d\\x0alines'],
    ['\u009b31m', '\\x9b31m'],
    ['right\u202eleft', 'right\\u{202e}left'],
    ['half \ud83d', 'half \\u{d83d}'],
  ])('%j is shown as %s', (text, seen) => {
    expect(visible(text)).toBe(seen);
    expect(JSON.parse(visibleJson(text))).toBe(text);
    expect(visibleJson(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('keeps its lines', () => expect(visibleLines('a\nb\u0007')).toBe('a\nb\\x07'));

  it.each([
    [Buffer.from('key-\u00e4'), 'key-\u00e4'],
    [Buffer.alloc(0), ''],
    [Buffer.from([0xff, 0x00]), '0xff00'],
    [Buffer.from([0x61, 0xc3]), '0x61c3'],
  ])('bytes %p are %s', (bytes, text) => expect(textOfBytes(bytes)).toBe(text));
});

describe('a time', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [253_402_300_799_999, '9999-12-31T23:59:59.999Z'],
    [253_402_300_800_000, '253402300800000'],
    [-1, '-1'],
    [1_795_914_000_123_456_789n, '1795914000123456789'],
    [-(2n ** 63n), '-9223372036854775808'],
    [NaN, 'NaN'],
  ])('of %p is %s', (time, text) => expect(timeText(time)).toBe(text));
});
