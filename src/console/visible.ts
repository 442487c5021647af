/**
 * Control, format and line characters, which move the cursor, change colours or the text direction, or are invisible.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/** Makes untrusted text safe for a terminal: invisible characters are replaced by their code, `\x1b` or `\u202e`. */
export const visible = (text: string): string => text.replace(INVISIBLE, escaped);

/** Like `visible`, for a text with several lines of our own. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** Untrusted bytes as text if they are valid UTF-8, otherwise in hexadecimal: `0xff00`. */
export function textOfBytes(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `0x${bytes.toString('hex')}`;
  }
}

/** JSON for a terminal or a file: the same value, with control characters escaped. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(INVISIBLE, (character) =>
    character === '\n' ? character : unicodeEscapes(character),
  );

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** JSON's escape sequences; a character beyond 16 bits has two. */
const unicodeEscapes = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
