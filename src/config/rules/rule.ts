import type { Problem } from '../problems';
import type { ParsedPlatform } from '../schema';

export type Path = readonly (string | number)[];

/** What a rule found; the value at the path is filled in by the loader. */
export type Finding = Omit<Problem, 'path' | 'value'> & { readonly path: Path };

/** A relation between settings. It runs only when every setting that it reads is well-formed. */
export interface Rule {
  /** Dotted paths of what the rule reads. */
  readonly reads: readonly string[];
  /** Returns one finding for each place that breaks the rule. */
  check(config: ParsedPlatform): readonly Finding[];
}

/** The finding when `broken`, else nothing. */
export const findingIf = (broken: boolean, finding: Finding): readonly Finding[] => (broken ? [finding] : []);
