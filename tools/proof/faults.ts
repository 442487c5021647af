import type { Droppable } from '../support/tcp-proxy';
import { Dice } from '../support/dice';

const BROKERS = [0, 1, 2] as const;

/** Longer than the session timeout of the consumers under test. */
const FREEZE_MS = { least: 6_500, most: 9_000 };

/** Something that goes wrong. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'drop'; readonly broker: number; readonly answersTo: Droppable; readonly count: number }
  | { readonly kind: 'cut'; readonly broker: number }
  | { readonly kind: 'refuse'; readonly broker: number; readonly forMs: number }
  | { readonly kind: 'delay'; readonly broker: number; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'kill broker'; readonly broker: number; readonly downMs: number }
  /** The consumer is selected among the running ones by a number from 0 (inclusive) to 1 (exclusive). */
  | { readonly kind: 'kill consumer'; readonly pick: number }
  | { readonly kind: 'freeze consumer'; readonly pick: number; readonly forMs: number }
  | { readonly kind: 'scale consumers'; readonly to: number; readonly forMs: number }
);

type Kind = Fault['kind'];

const DRAWS: { readonly [K in Kind]: (dice: Dice) => Omit<Extract<Fault, { readonly kind: K }>, 'atMs'> } = {
  drop: (dice) => ({
    kind: 'drop',
    broker: dice.pick(BROKERS),
    answersTo: dice.pick(['produce', 'produce', 'endTxn', 'txnOffsetCommit', 'offsetCommit'] as const),
    count: dice.between(1, 4),
  }),
  cut: (dice) => ({ kind: 'cut', broker: dice.pick(BROKERS) }),
  refuse: (dice) => ({ kind: 'refuse', broker: dice.pick(BROKERS), forMs: dice.between(500, 4_000) }),
  delay: (dice) => ({
    kind: 'delay',
    broker: dice.pick(BROKERS),
    byMs: dice.between(50, 800),
    forMs: dice.between(1_000, 4_000),
  }),
  'kill broker': (dice) => ({ kind: 'kill broker', broker: dice.pick(BROKERS), downMs: dice.between(0, 3_000) }),
  'kill consumer': (dice) => ({ kind: 'kill consumer', pick: dice.next() }),
  'freeze consumer': (dice) => ({
    kind: 'freeze consumer',
    pick: dice.next(),
    forMs: dice.between(FREEZE_MS.least, FREEZE_MS.most),
  }),
  'scale consumers': (dice) => ({ kind: 'scale consumers', to: 3, forMs: dice.between(4_000, 8_000) }),
};

/**
 * Draws each kind of fault once, and short faults several times more. The same seed gives the same faults.
 * @param freezeMs how long a consumer is frozen; @default drawn, longer than its session timeout
 */
export function drawFaults(seed: number, withinMs: number, freezeMs?: number): readonly Fault[] {
  const dice = new Dice(seed);
  const often = Array.from({ length: Math.ceil(withinMs / 2_500) }, () => dice.pick(['drop', 'drop', 'cut'] as const));
  return [...(Object.keys(DRAWS) as Kind[]), ...often]
    .map((kind): Fault => ({ atMs: dice.between(0, withinMs), ...DRAWS[kind](dice) }))
    .map((fault) =>
      fault.kind === 'freeze consumer' && freezeMs !== undefined ? { ...fault, forMs: freezeMs } : fault,
    )
    .sort((a, b) => a.atMs - b.atMs);
}

export function describeFault(fault: Fault): string {
  const { atMs, kind, ...rest } = fault;
  const parts = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toFixed(2)) : value}`,
  );
  return `${(atMs / 1_000).toFixed(1)} s ${kind} (${parts.join(', ')})`;
}
