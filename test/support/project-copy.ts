import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { programOutcome, type Outcome } from './program-outcome';

/** The files that commands of the project need. */
const PARTS = ['examples', 'platform', 'scripts', 'src', 'manifests', 'package.json', 'tsconfig.json', 'cdk8s.yaml'];

/** At the root of the project, what is made or downloaded. */
const NO_SOURCES = ['.git', '.platform', 'coverage', 'dist', 'node_modules'];

/** All sources, with tests and documentation. */
export const everySource = (): readonly string[] => readdirSync('.').filter((part) => !NO_SOURCES.includes(part));

/** The project in a directory of its own, to be changed and to run commands in. */
export class ProjectCopy {
  readonly directory = mkdtempSync(join(tmpdir(), 'project-'));

  /** @param parts files and folders at the root of the project */
  constructor(parts: readonly string[] = PARTS) {
    for (const part of parts) cpSync(part, join(this.directory, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.directory, 'node_modules'));
  }

  write(file: string, content: string): void {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  /** @throws unless the file contains the text exactly once */
  replace(file: string, text: string, by: string): void {
    const parts = this.read(file).split(text);
    if (parts.length !== 2) throw new Error(`${file} has '${text}' ${parts.length - 1} times`);
    this.write(file, parts.join(by));
  }

  /** All files below a folder, including hidden ones, by their path in the project. */
  files(folder: string): Readonly<Record<string, string>> {
    const entries = readdirSync(join(this.directory, folder), { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(this.directory.length + 1))
        .sort()
        .map((path) => [path, this.read(path)]),
    );
  }

  run(command: string, ...args: readonly string[]): Promise<Outcome> {
    return programOutcome(command, args, this.directory);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
