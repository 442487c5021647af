import { retryChains, type TopicName } from '../topics/catalogue';

/** A chain of the catalogue. */
export type Chain = (typeof retryChains)[keyof typeof retryChains];

/** Where letters are replayed to. */
export interface Target {
  readonly topic: TopicName;
  /** A retry topic, which nobody but the chain's group reads. */
  readonly isRetry: boolean;
}

const chains: readonly Chain[] = Object.values(retryChains);

/** Groups that have dead letters. */
export const groups: readonly string[] = chains.map(({ group }) => group);

export const chainOf = (group: string | undefined): Chain | undefined => chains.find((chain) => chain.group === group);

/** The first retry topic; undefined for a chain without delays. */
export const retryTarget = ({ delays, topics: [first] }: Chain): Target | undefined =>
  delays.length === 0 || first === undefined ? undefined : { topic: first.name, isRetry: true };

export const sourceTarget = ({ topic }: Chain): Target => ({ topic, isRetry: false });

/** Other groups of the catalogue that read what is written to the target. */
export const otherReaders = ({ group }: Chain, target: Target): readonly string[] =>
  chains.filter((other) => other.topic === target.topic && other.group !== group).map((other) => other.group);
