import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformApp, type AppProps } from './app';
import { headerOf } from './header';

/** Text of each file, by file name. */
export type Files = Readonly<Record<string, string>>;

/**
 * The manifests of an environment as they are committed, without writing to disk. The same configuration always gives
 * the same bytes.
 * @param source the file of the environment, which the first line of each manifest names
 */
export function renderFiles(source: string, props: Omit<AppProps, 'outdir'>): Files {
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
  try {
    platformApp({ ...props, outdir: directory }).synth();
    const header = headerOf(source);
    return Object.fromEntries(
      readdirSync(directory).map((name) => [name, `${header}\n${readFileSync(join(directory, name), 'utf8')}`]),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
