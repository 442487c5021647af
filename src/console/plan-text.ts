/** Marks of the kinds of steps. */
const MARKS = {
  create: '+',
  change: '~',
  delete: '-',
  forbidden: '!',
  differing: '*',
  unchanged: '=',
  unmanaged: '?',
} as const;

type Kind = keyof typeof MARKS;

const TO_DO: ReadonlySet<Kind> = new Set(['create', 'change', 'delete']);

/** First line of a step's text. */
export const planLine = (kind: Kind, name: string): string => `${MARKS[kind]} ${kind.padEnd(9)} ${name}`;

/** Counts the steps of each kind: `2 to create, 1 unchanged`. @param what plural noun for an empty plan */
export function countKinds(steps: readonly { readonly kind: Kind }[], what: string): string {
  const counts = (Object.keys(MARKS) as Kind[])
    .map((kind) => [kind, steps.filter((step) => step.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${TO_DO.has(kind) ? `to ${kind}` : kind}`);
  return counts.length === 0 ? `no ${what}` : counts.join(', ');
}

/** The plan as text: each step that is not `unchanged`, then the counts. */
export function planText<S extends { readonly kind: Kind }>(
  steps: readonly S[],
  what: string,
  textOf: (step: S) => string,
): string {
  const told = steps.filter(({ kind }) => kind !== 'unchanged').map(textOf);
  return [...told, countKinds(steps, what)].join('\n');
}
