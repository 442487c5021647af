import { messageOf } from '../validation/message-of';
/** A part of the status as last read, or the reason why it is missing. */
export type Part<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'known'; readonly value: T; readonly readAt: number }
  /** The last known value of a part that can no longer be read. */
  | { readonly kind: 'stale'; readonly value: T; readonly readAt: number; readonly problem: string }
  | { readonly kind: 'unknown'; readonly problem: string }
  | { readonly kind: 'left-out'; readonly reason: string };

/** Not read yet. */
export const PENDING = { kind: 'pending' } as const;

/** @param readAt milliseconds since 1970 */
export const known = <T>(value: T, readAt = Date.now()): Part<T> => ({ kind: 'known', value, readAt });

/** The part after a failed reading. */
export const missed = <T>(before: Part<T>, problem: string): Part<T> =>
  before.kind === 'known' || before.kind === 'stale'
    ? { kind: 'stale', value: before.value, readAt: before.readAt, problem }
    : { kind: 'unknown', problem };

/** Reads a part again. After a failure, the last known value is kept. */
export async function renewed<T>(before: Part<T>, read: () => Promise<T>): Promise<Part<T>> {
  try {
    return known(await read());
  } catch (error) {
    return missed(before, firstLine(error));
  }
}

/** The value, regardless of its age. */
export const valueOf = <T>(part: Part<T>): T | undefined =>
  part.kind === 'known' || part.kind === 'stale' ? part.value : undefined;

/** First line of an error message, without the advice that follows. */
export const firstLine = (error: unknown): string => messageOf(error).split('\n')[0] ?? '';
