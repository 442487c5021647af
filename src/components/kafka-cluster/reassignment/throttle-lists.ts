import type { Move } from './model';
import type { TopicThrottle } from './placement';

/** All replicas of a topic are throttled. */
const ALL = '*';

/** No replica is throttled. */
const NONE = 'none';

/**
 * The throttled replicas of the topics of these moves: those that stand, and those that the moves copy from and to.
 * Replicas that stay are no followers that copy, so that they are not limited when they catch up.
 * @returns topics in the order of the moves
 */
export const withMoves = (standing: readonly TopicThrottle[], moves: readonly Move[]): readonly TopicThrottle[] =>
  topicsOf(moves).map((topic) => {
    const { leader = '', follower = '' } = standing.find((one) => one.topic === topic) ?? {};
    const own = moves.filter((move) => move.topic === topic);
    return { topic, leader: united(leader, sources(own)), follower: united(follower, targets(own)) };
  });

/** The throttled replicas of the topics of these moves without those of the moves. */
export const withoutMoves = (standing: readonly TopicThrottle[], moves: readonly Move[]): readonly TopicThrottle[] =>
  topicsOf(moves).map((topic) => {
    const { leader = '', follower = '' } = standing.find((one) => one.topic === topic) ?? {};
    const own = moves.filter((move) => move.topic === topic);
    return { topic, leader: without(leader, sources(own)), follower: without(follower, targets(own)) };
  });

/** Brokers that the moves copy from or to, in order. */
export const brokersIn = (moves: readonly Move[]): readonly number[] =>
  [...new Set(moves.filter(copies).flatMap(({ from, to }) => [...from, ...to]))].sort((a, b) => a - b);

/** Brokers that copy the partition. */
export const addedBy = ({ from, to }: Pick<Move, 'from' | 'to'>): readonly number[] =>
  to.filter((id) => !from.includes(id));

/** Whether a broker copies the partition; a move may also only change the order of the replicas. */
export const copies = (move: Move): boolean => addedBy(move).length > 0;

const topicsOf = (moves: readonly Move[]): readonly string[] => [
  ...new Set(moves.filter(copies).map(({ topic }) => topic)),
];

/** Any replica of before may be the leader meanwhile. */
const sources = (moves: readonly Move[]): readonly string[] =>
  moves.filter(copies).flatMap(({ partition, from }) => from.map((id) => `${partition}:${id}`));

const targets = (moves: readonly Move[]): readonly string[] =>
  moves.flatMap((move) => addedBy(move).map((id) => `${move.partition}:${id}`));

const entriesOf = (list: string): readonly string[] =>
  list === NONE ? [] : list.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));

const united = (list: string, added: readonly string[]): string =>
  list === ALL ? ALL : [...new Set([...entriesOf(list), ...added])].join(',');

const without = (list: string, removed: readonly string[]): string =>
  list === ALL
    ? ALL
    : entriesOf(list)
        .filter((entry) => !removed.includes(entry))
        .join(',');
