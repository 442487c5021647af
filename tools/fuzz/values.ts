import { z } from 'zod';
import { oneOf } from './one-of';
import type { Dice } from '../support/dice';
import { oddText, textFor } from './texts';

/** The schema without wrappers for optional values and defaults. */
export function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return bare(schema.unwrap() as z.ZodType);
  return schema;
}

/** The description of a field's allowed values. */
function allowedOf(schema: z.ZodType): string {
  return schema.meta()?.allowed ?? bare(schema).meta()?.allowed ?? '';
}

/**
 * A value that the schema accepts, without regard to relations with other fields.
 * @param now current value of the field; many drawn values are close to it
 */
export function validValue(field: z.ZodType, dice: Dice, now?: unknown): unknown {
  const schema = bare(field);
  if (schema instanceof z.ZodNumber) return validNumber(schema, dice, now);
  if (schema instanceof z.ZodBoolean) return dice.next() < 0.5;
  if (schema instanceof z.ZodEnum) return oneOf(dice, schema.options);
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodDiscriminatedUnion) return validValue(oneOf(dice, schema.options) as z.ZodType, dice);
  if (schema instanceof z.ZodString || schema instanceof z.ZodCustom || schema instanceof z.ZodUnion)
    return textFor(allowedOf(field), dice);
  if (schema instanceof z.ZodArray) return some(dice, 3, () => validValue(schema.element as z.ZodType, dice));
  if (schema instanceof z.ZodRecord)
    return Object.fromEntries(
      some(dice, 3, () => [
        validValue(schema.keyType as z.ZodType, dice),
        validValue(schema.valueType as z.ZodType, dice),
      ]),
    );
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape as Record<string, z.ZodType>)
        .filter(([, inner]) => !inner.safeParse(undefined).success || dice.next() < 0.3)
        .map(([key, inner]) => [key, validValue(inner, dice)]),
    );
  throw new Error(`no values are known for ${schema.type}: add them here`);
}

const some = <T>(dice: Dice, most: number, make: () => T): readonly T[] =>
  Array.from({ length: dice.between(0, most) }, make);

function validNumber(schema: z.ZodNumber, dice: Dice, now: unknown): number {
  const min = Math.max(schema.minValue ?? 0, -1);
  const max = Math.min(schema.maxValue ?? 2 ** 50, 2 ** 50);
  const current = typeof now === 'number' ? now : min;
  const wide = min + (max - min) ** dice.next();
  const value = oneOf(dice, [
    current,
    current * 2,
    current / 2,
    current + 1,
    current - 1,
    min,
    max,
    max - 1,
    wide,
    wide,
  ]);
  const bounded = Math.min(max, Math.max(min, value));
  return isWhole(schema) ? Math.floor(bounded) : bounded === 0 ? 0.5 : bounded;
}

const isWhole = (schema: z.ZodNumber): boolean => schema.format !== null;

/** A value that no field of the kind should accept, except by chance. */
export function wrongValue(field: z.ZodType, dice: Dice): unknown {
  const schema = bare(field);
  const outside =
    schema instanceof z.ZodNumber ? [(schema.minValue ?? 0) - 1, (schema.maxValue ?? 0) + 1, 0.5, -0.5] : [];
  return oneOf<unknown>(dice, [
    ...outside,
    ...outside,
    oddText(dice),
    oddText(dice),
    oddText(dice),
    null,
    NaN,
    Infinity,
    2 ** 53,
    -1,
    0,
    '1',
    true,
    [],
    [null],
    {},
    { a: 1 },
    7n,
    () => 1,
    Symbol('x'),
    new Date(0),
  ]);
}
