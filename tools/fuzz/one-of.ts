import type { Dice } from '../support/dice';

/** One of the values, of which any may be `undefined`. */
export const oneOf = <T>(dice: Dice, values: readonly T[]): T => values[dice.between(0, values.length - 1)] as T;
