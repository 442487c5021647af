/** Names whose edit distance exceeds this share of their length are not suggested. */
const FURTHEST_SHARE = 1 / 3;

/** The name that was probably meant: equal except for case and separators, or with the smallest edit distance. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const same = names.find((one) => letters(one) === letters(name));
  if (same !== undefined) return same;
  const ranked = names.map((one) => ({ one, distance: editDistance(name, one) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1));
  if (best === undefined || best.distance > Math.max(1, Math.floor(name.length * FURTHEST_SHARE))) return undefined;
  return best.one;
}

const LISTED = 20;

/** Names for a message: the first of many are enough. */
export const listed = (names: readonly string[]): string =>
  names.length <= LISTED ? names.join(', ') : `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more`;

/** `; the nearest is x`, or an empty text. */
export const nearestWords = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `; the nearest is ${nearest}`;

/** A name without case and separators, in which names that mean the same are equal. */
export const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Number of letters that must be inserted, deleted, replaced or swapped with a neighbour (Damerau-Levenshtein
 * distance).
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(rows, i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? Infinity) + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

const at = (rows: readonly (readonly number[])[], i: number, j: number): number => rows[i]?.[j] ?? Infinity;
