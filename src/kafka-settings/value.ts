import type { SettingDefinition } from './release';

/** The value of a Kafka setting in an environment file. */
export type SettingValue = string | number | boolean;

const LIMITS: Readonly<Record<string, readonly [min: bigint, max: bigint]>> = {
  short: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** Source: `ConfigDef.parseType`. Only ASCII white space surrounds list separators and is trimmed from texts. */
const SEPARATOR = /[ \t\n\v\f\r]*,[ \t\n\v\f\r]*/;
const cut = (text: string): string => text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');

/** Whether a JavaScript number cannot represent the whole number that was written. */
export const isInexact = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);

/** Whether Kafka's definition accepts a text: type, range and allowed values. */
export function takes(definition: SettingDefinition, text: string): boolean {
  const value = cut(text);
  switch (definition.type) {
    case 'boolean':
      return /^(true|false)$/i.test(value);
    case 'short':
    case 'int':
    case 'long':
      return /^[+-]?\d+$/.test(value) && inRange(definition, BigInt(value.replace('+', '')));
    case 'double':
      return isDouble(value) && inDoubleRange(definition, Number(value));
    case 'list':
      return takesList(definition, value === '' ? [] : value.split(SEPARATOR));
    case 'class':
      return /^[\w$]+(\.[\w$]+)*$/.test(value);
    case 'string':
    case 'password':
      return !(definition.nonEmpty === true && value === '') && isOneOf(definition, value);
  }
}

/** Description of the values that a setting accepts. */
export function allowedWords(definition: SettingDefinition): string {
  const { type, values, rule } = definition;
  const listed = values?.join(', ');
  const more = rule === undefined ? '' : `: ${rule}`;
  switch (type) {
    case 'boolean':
      return 'true or false';
    case 'short':
    case 'int':
    case 'long':
      return `a whole number ${rangeWords(definition)}`;
    case 'double':
      return definition.min === undefined && definition.max === undefined
        ? 'a number'
        : `a number from ${definition.min ?? 'any'} to ${definition.max ?? 'any'}`;
    case 'list':
      return listed === undefined
        ? `values with commas between them${definition.distinct === true ? ', none twice' : ''}${more}`
        : `one or more of ${listed}, with commas between them`;
    case 'class':
      return 'the name of a Java class that is on the class path of the brokers';
    case 'string':
    case 'password':
      return listed ?? `a text${definition.nonEmpty === true ? ' that is not empty' : ''}${more}`;
  }
}

function rangeWords(definition: SettingDefinition): string {
  const [min, max] = rangeOf(definition);
  return `from ${min} to ${max}${definition.or === undefined ? '' : `, or ${definition.or}`}`;
}

function rangeOf({ type, min, max }: SettingDefinition): readonly [bigint, bigint] {
  const [least, most] = LIMITS[type] ?? [0n, 0n];
  return [min === undefined ? least : BigInt(min), max === undefined ? most : BigInt(max)];
}

function inRange(definition: SettingDefinition, value: bigint): boolean {
  const [min, max] = rangeOf(definition);
  return (value >= min && value <= max) || String(value) === definition.or;
}

/**
 * Accepts only ordinary decimal notation. Java also parses `NaN`, `Infinity`, hexadecimal digits and `1d`, which are
 * probably mistakes.
 */
const isDouble = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

function inDoubleRange({ min, max }: SettingDefinition, value: number): boolean {
  return value >= Number(min ?? -Infinity) && value <= Number(max ?? Infinity);
}

function takesList(definition: SettingDefinition, elements: readonly string[]): boolean {
  if (definition.nonEmpty === true && elements.length === 0) return false;
  if (definition.distinct === true) {
    if (new Set(elements).size < elements.length || elements.includes('')) return false;
  }
  return elements.every((element) => isOneOf(definition, element));
}

function isOneOf({ values, ignoreCase }: SettingDefinition, text: string): boolean {
  if (values === undefined) return true;
  if (ignoreCase === true) return values.some((value) => value.toLowerCase() === text.toLowerCase());
  return values.includes(text);
}
