import type { DeclaredChain as Chain } from '../platform/declared-chain';

/** The topic to which dead letter records are replayed. */
export interface Target {
  readonly topic: string;
  /** A retry topic, which only the chain's group reads. */
  readonly isRetry: boolean;
}

/** The first retry topic; undefined for a chain without delays. */
export const retryTarget = ({ delays, topics: [first] }: Chain): Target | undefined =>
  delays.length === 0 || first === undefined ? undefined : { topic: first.name, isRetry: true };

export const sourceTarget = ({ topic }: Chain): Target => ({ topic, isRetry: false });

/** Groups other than the chain's that read the target topic. */
export const otherReaders = (chains: readonly Chain[], { group }: Chain, target: Target): readonly string[] =>
  chains.filter((other) => other.topic === target.topic && other.group !== group).map((other) => other.group);
