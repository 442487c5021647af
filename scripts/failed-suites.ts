import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';

/** Part of what Jest writes with `--json`. */
const resultsSchema = z.object({
  testResults: z.array(
    z.object({ name: z.string(), status: z.enum(['passed', 'failed', 'pending', 'skipped', 'focused']) }),
  ),
});

/**
 * Suites that failed, by their path in the repository; none if Jest was stopped before it wrote its results.
 * @param file what `jest --json --outputFile` wrote
 */
export function failedSuites(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const { testResults } = resultsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative('.', name));
}
