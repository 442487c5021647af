const LINE_WIDTH = 120;

/** With colon and space: behind a key that is shorter, prettier leaves text in the line however long it is. */
const SHORT_KEY = 'items: '.length;

interface Position {
  /** Of the line that the literal stands in. */
  readonly indent: string;
  /** What stands before it in its first line, and behind it in its last. */
  readonly before: string;
  readonly after: string;
}

/** A JSON value as TypeScript, laid out as prettier would. */
export function literal(value: unknown, position: Position): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((item) => ({ name: '', item: item as unknown }))
    : Object.entries(value).map(([name, item]) => ({ name: `${key(name)}: `, item: item as unknown }));
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const short = oneLine(parts, Array.isArray(value) ? ['[', ']'] : ['{ ', ' }']);
  const width = position.indent.length + position.before.length + short.length + position.after.length;
  if (width <= LINE_WIDTH && !mustBreak(value)) return short;
  const indent = `${position.indent}  `;
  const lines = parts.map(({ name, item }) => {
    const text = literal(item, { indent, before: name, after: ',' });
    const isMoved = name.length >= SHORT_KEY && indent.length + name.length + text.length + 1 > LINE_WIDTH;
    return isMoved && typeof item === 'string'
      ? `${indent}${name.trimEnd()}\n${indent}  ${text},`
      : `${indent}${name}${text},`;
  });
  return [open, ...lines, `${position.indent}${close}`].join('\n');
}

interface Part {
  readonly name: string;
  readonly item: unknown;
}

const oneLine = (parts: readonly Part[], [open, close]: readonly [string, string]): string =>
  open + parts.map(({ name, item }) => name + literal(item, { indent: '', before: '', after: '' })).join(', ') + close;

/** Prettier never writes several objects side by side, however short they are. */
function mustBreak(value: object): boolean {
  const items = Object.values(value) as readonly unknown[];
  const isListOfObjects =
    Array.isArray(value) && value.length > 1 && items.every((item) => !Array.isArray(item) && keysOf(item) > 1);
  return isListOfObjects || items.some((item) => typeof item === 'object' && item !== null && mustBreak(item));
}

const keysOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Object.keys(value).length : 0;

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

/** In the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const double = JSON.stringify(text);
  const isBetterDouble = text.split("'").length > text.split('"').length;
  return isBetterDouble ? double : `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
