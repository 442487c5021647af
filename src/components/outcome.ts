/** The result of one check of the smoke test; `details` are machine-readable. */
export interface Outcome {
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly summary: string;
  readonly details?: unknown;
}

export const passed = (summary: string, details?: unknown): Outcome => ({ status: 'passed', summary, details });
export const failed = (summary: string, details?: unknown): Outcome => ({ status: 'failed', summary, details });
export const skipped = (summary: string): Outcome => ({ status: 'skipped', summary });
