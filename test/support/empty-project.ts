import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { devDependencies } from '../../package.json';
import { programOutcome, type Outcome } from './program-outcome';

/** The projects share what was downloaded. */
const DOWNLOADS = ['.platform/jars', '.platform/registry'];

/** Of every release; later ones may have other requirements. */
const VERSIONS: Readonly<Record<string, string>> = devDependencies;

/** Empty directories beside a checkout that has only the packed package. */
export class EmptyProjects {
  private readonly root = mkdtempSync(join(tmpdir(), 'projects-'));

  constructor() {
    const checkout = join(this.root, 'kafka-platform');
    mkdirSync(checkout);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', checkout], { stdio: 'ignore' });
  }

  add(name: string): EmptyProject {
    return new EmptyProject(join(this.root, name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** A directory in which the code of a page is written and its commands are run. */
export class EmptyProject {
  constructor(private readonly directory: string) {
    mkdirSync(join(directory, '.platform'), { recursive: true });
    for (const folder of DOWNLOADS) {
      mkdirSync(folder, { recursive: true });
      symlinkSync(resolve(folder), join(directory, folder));
    }
  }

  write(file: string, content: string): void {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Runs lines of a shell; packages get the versions of this repository. */
  run(lines: string): Promise<Outcome> {
    const pinned = lines.replaceAll(/^npm install (?!\.).*$/gm, (line) =>
      line
        .split(' ')
        .map((word) => (VERSIONS[word] === undefined ? word : `${word}@${VERSIONS[word]}`))
        .join(' '),
    );
    return programOutcome(
      'bash',
      ['-e', '-o', 'pipefail', '-c', `export npm_config_prefer_offline=true\n${pinned}`],
      this.directory,
    );
  }
}
