/** Parts of an expression that are not metric names: label lists, selectors, windows, texts and functions. */
const NO_METRIC =
  /\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)|\b[a-z_]+\s*\(|\b(?:and|or|unless|offset|sum|min|max|count)\b|\b\d[\w.]*/g;

/** Names of the metrics in an expression. */
export function metricsIn(expr: string): string[] {
  const withoutTexts = expr.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return withoutTexts.replaceAll(NO_METRIC, ' ').match(/[a-zA-Z_][\w]*/g) ?? [];
}
