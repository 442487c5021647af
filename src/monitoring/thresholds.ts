import { minutes } from '../validation/units';

/** Twice the default transaction timeout of producers. A transaction that stays open for longer indicates a fault. */
export const OPEN_TOO_LONG = minutes(2);
