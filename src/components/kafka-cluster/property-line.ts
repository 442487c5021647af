/**
 * One line of a Java properties file.
 * Source: `java.util.Properties.load`. A backslash escapes, a line end ends the value, leading blanks are dropped.
 */
export function propertyLine(name: string, value: string | number | boolean): string {
  const text = String(value)
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/^ /, '\\ ')
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${name}=${text}`;
}
