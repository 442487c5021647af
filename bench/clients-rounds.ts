import { median } from './support';

/** Something to measure; returns its rate per second. */
export type Contender = () => Promise<number>;

/** Rates of one contender by round. */
export type Rates = readonly number[];

/**
 * Measures all contenders in turn in each round, so that other load of the machine affects all of them. The first round
 * is a warm-up and does not count.
 */
export async function interleaved<N extends string>(
  contenders: Readonly<Record<N, Contender>>,
  rounds: number,
): Promise<Readonly<Record<N, Rates>>> {
  const names = Object.keys(contenders) as N[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<N, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const rate = await contenders[name]();
      if (round > 0) rates[name].push(rate);
    }
    const last = names.map((name) => `${name} ${perSecond(rates[name].at(-1) ?? 0)}`);
    if (round > 0) console.error(`  round ${round}: ${last.join(', ')}`);
  }
  return rates;
}

/** The median of the ratios of each round, whose measurements directly follow each other. */
export const ratio = (ours: Rates, theirs: Rates): number =>
  median(ours.map((rate, round) => rate / (theirs[round] ?? NaN)));

export const perSecond = (rate: number): string =>
  `${rate.toLocaleString('en', { maximumFractionDigits: rate < 100 ? 1 : 0 })}/s`;
