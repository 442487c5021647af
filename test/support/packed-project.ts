import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devDependencies } from '../../package.json';

/** An empty project with the packed package. */
export interface PackedProject {
  readonly directory: string;
  /** Runs a program in the project. @returns its output @throws if it fails */
  readonly run: (command: string, ...args: readonly string[]) => string;
  /** Deletes the project. */
  readonly remove: () => void;
}

interface Contents {
  /** Folder with the files of the project. */
  readonly files: string;
  /** Dependencies in addition to the package and the compiler, in the versions of this repository. @default none */
  readonly dependencies?: readonly (keyof typeof devDependencies)[];
}

/** Packs the package like `npm publish`, and installs it. Peer dependencies are those that the project lists. */
export function packedProject({ files, dependencies = [] }: Contents): PackedProject {
  const directory = mkdtempSync(join(tmpdir(), 'package-'));
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', directory], { encoding: 'utf8' });
  cpSync(files, directory, { recursive: true });
  const named = [...dependencies, 'typescript', '@types/node'] as const;
  const all = {
    'kafka-platform': `file:${packed.trim().split('\n').at(-1) ?? ''}`,
    ...Object.fromEntries(named.map((name) => [name, devDependencies[name]])),
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies: all }));
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--legacy-peer-deps');
  return { directory, run, remove: () => rmSync(directory, { recursive: true }) };
}
