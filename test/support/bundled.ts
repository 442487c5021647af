import { basename } from 'node:path';
import type { Metafile } from 'esbuild';

/** Files that a bundled program is made of. @throws when it is not made of its own */
function filesOf({ outputs }: Metafile, program: string): readonly string[] {
  const [, output] = Object.entries(outputs).find(([name]) => name.endsWith(`/${program}.js`)) ?? [];
  const files = Object.keys(output?.inputs ?? {});
  expect(files.map((file) => basename(file))).toContain(`${program}.ts`);
  return files;
}

/** Packages that a bundled program contains. */
export const packagesOf = (made: Metafile, program: string): readonly string[] => [
  ...new Set(
    filesOf(made, program)
      .map((file) => /^node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1])
      .filter((name) => name !== undefined),
  ),
];
