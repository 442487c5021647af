import { KAFKA_RELEASES } from '../../src/kafka-settings/releases';
import type { SettingDefinition } from '../../src/kafka-settings/release';
import { isDerivedProperty } from '../../src/components/kafka-cluster/properties/derived-properties';
import { oneOf } from './one-of';
import type { Dice } from '../support/dice';
import { chars, oddText } from './texts';

const DEFINITIONS: Readonly<Record<string, SettingDefinition>> = KAFKA_RELEASES['4.3']?.broker ?? {};
const NAMES = Object.keys(DEFINITIONS).filter((name) => !isDerivedProperty(name));

/** A broker property and a value, usually of its type and range. */
export function randomProperty(dice: Dice, wrong: boolean): readonly [name: string, value: unknown] {
  const name = oneOf(dice, NAMES);
  const definition = DEFINITIONS[name];
  if (definition === undefined) throw new Error(`${name} is not defined`);
  if (!wrong) return [name, propertyValue(definition, dice)];
  return oneOf(dice, [
    [misspelt(name, dice), propertyValue(definition, dice)],
    [oneOf(dice, Object.keys(DEFINITIONS)), propertyValue(definition, dice)],
    [name, oddText(dice)],
    [
      name,
      oneOf<unknown>(dice, [
        null,
        NaN,
        -1,
        -2,
        0.5,
        2 ** 31,
        2 ** 63,
        2 ** 53 + 2,
        {},
        [],
        true,
        9_007_199_254_740_993n,
      ]),
    ],
  ]);
}

function misspelt(name: string, dice: Dice): string {
  const at = dice.between(0, name.length - 1);
  return oneOf(dice, [
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + chars(dice, 'aeioust.', 1) + name.slice(at),
    name.replace(/s?$/, 's'),
    name.replaceAll('.', '-'),
    name.toUpperCase(),
    `${name} `,
  ]);
}

function propertyValue(definition: SettingDefinition, dice: Dice): unknown {
  const { type, values, default: usual } = definition;
  if (values !== undefined && dice.next() < 0.7) return oneOf(dice, values);
  switch (type) {
    case 'boolean':
      return oneOf<unknown>(dice, [true, false, 'true', 'false']);
    case 'short':
    case 'int':
    case 'long':
      return wholeNumber(definition, dice);
    case 'double':
      return oneOf(dice, [0, 0.25, 0.5, 1, Number(usual ?? 1), Number(usual ?? 1) * 2]);
    case 'class':
      // Only existing classes: other classes come from a jar file that only its user has.
      return oneOf(dice, ['java.lang.String', usual ?? '']);
    case 'list':
    case 'string':
    case 'password':
      return oneOf(dice, [usual ?? '', usual ?? '', 'x', 'a,b', '']);
  }
}

const LARGEST = { short: 2 ** 15 - 1, int: 2 ** 31 - 1, long: Number.MAX_SAFE_INTEGER };

function wholeNumber({ type, min, max, default: usual }: SettingDefinition, dice: Dice): number | string {
  const largest = LARGEST[type as keyof typeof LARGEST];
  const least = min === undefined ? 0 : Number(min);
  const most = Math.min(largest, max === undefined ? largest : Number(max));
  const current = usual === undefined ? least : Math.max(-largest, Math.min(largest, Number(usual)));
  const value = oneOf(dice, [
    current,
    current * 2,
    Math.floor(current / 2),
    current + 1,
    least,
    most,
    least + 1,
    current * 10,
  ]);
  const bounded = Math.min(most, Math.max(least, value));
  return dice.next() < 0.2 ? String(bounded) : bounded;
}
