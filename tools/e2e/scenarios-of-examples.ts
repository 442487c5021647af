import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scenario } from './scenario';

const FOLDER = 'examples';

/** Scenarios of the examples that this project has: each example may have them in `e2e/scenarios.ts`. */
export async function scenariosOfExamples(): Promise<Readonly<Record<string, Scenario>>> {
  const files = readdirSync(FOLDER)
    .map((name) => resolve(join(FOLDER, name, 'e2e/scenarios.ts')))
    .filter((file) => existsSync(file));
  const modules = await Promise.all(
    files.map(async (file) => (await import(file)) as { readonly scenarios: Readonly<Record<string, Scenario>> }),
  );
  return Object.fromEntries(modules.flatMap(({ scenarios }) => Object.entries(scenarios)));
}
