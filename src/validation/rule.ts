import type { Problem } from './problems';

export type Path = readonly (string | number)[];

/** What a rule found; the value at the path is filled in by the loader. */
export type Finding = Omit<Problem, 'path' | 'value' | 'unit' | 'isDefault'> & {
  readonly path: Path;
  /** The value that holds where nothing is written at the path. @default the default of the schema */
  readonly inForce?: unknown;
};

/** A relation between settings. It is checked only if every setting that it reads is well-formed. */
export interface Rule<Settings> {
  /** Dotted paths that the rule reads; `*` matches every element of a list. */
  readonly reads: readonly string[];
  /** Returns one finding for each violation. */
  check(config: Settings): readonly Finding[];
}

/** The finding if `broken`, otherwise nothing. */
export const findingIf = (broken: boolean, finding: Finding): readonly Finding[] => (broken ? [finding] : []);
