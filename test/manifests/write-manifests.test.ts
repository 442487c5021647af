import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerFor } from '../../tools/support/rendering';
import { writeManifests } from '../../src/manifests/write-manifests';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'write-manifests-'));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(outdir, { recursive: true });
});

const files = (environment: string, names: readonly string[], text: string) =>
  Object.fromEntries(names.map((name) => [`${name}.k8s.yaml`, `${headerFor(environment)}\n${text}\n`]));

const FORMER = {
  kind: files('kind', ['0000-namespace', '0001-brokers', '0002-ui'], 'former'),
  production: files('production', ['0000-namespace', '0001-brokers'], 'former'),
};
const NEXT = {
  kind: files('kind', ['0000-namespace', '0001-brokers'], 'next'),
  production: files('production', ['0000-namespace', '0001-brokers', '0002-samples'], 'next'),
};

/** Contents of the manifests that `kubectl apply` reads. */
const applied = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['kind', 'production'].flatMap((environment) =>
      readdirSync(join(outdir, environment))
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [`${environment}/${name}`, readFileSync(join(outdir, environment, name), 'utf8')]),
    ),
  );

const texts = (all: Readonly<Record<string, Readonly<Record<string, string>>>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([environment, own]) =>
      Object.entries(own).map(([name, text]) => [`${environment}/${name}`, text]),
    ),
  );

/** Ends the work at its n-th disk change, within the change for a file. @returns whether there were as many */
function interruptedAt(n: number, work: () => void): boolean {
  let count = 0;
  const interrupt = (): void => {
    count += 1;
    if (count === n) throw new Error('interrupted');
  };
  const { writeFileSync: write, renameSync: rename, rmSync: remove } = fs;
  jest.spyOn(fs, 'writeFileSync').mockImplementation((path, text) => {
    write(path, (text as string).slice(0, 20));
    interrupt();
    write(path, text);
  });
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    interrupt();
    rename(from, to);
  });
  jest.spyOn(fs, 'rmSync').mockImplementation((path, options) => {
    interrupt();
    remove(path, options);
  });
  try {
    work();
    return false;
  } catch (error) {
    expect(error).toEqual(new Error('interrupted'));
    return true;
  } finally {
    jest.restoreAllMocks();
  }
}

describe('manifests', () => {
  it('replaces files of a release with another layout of configurations', () => {
    const path = join(outdir, 'kind', '0010-old.k8s.yaml');
    writeManifests(outdir, FORMER);
    writeFileSync(path, `${headerFor('kind').replace(/from \S+\//, 'from elsewhere/')}\nkind: X\n`);
    writeManifests(outdir, NEXT);
    expect(existsSync(path)).toBe(false);
  });

  it('that are interrupted at any disk change are each the old or the new one, and the next run completes them', () => {
    let interrupted = 0;
    for (let n = 1; ; n += 1) {
      writeManifests(outdir, FORMER);
      if (!interruptedAt(n, () => writeManifests(outdir, NEXT))) break;
      interrupted += 1;
      const [former, next] = [texts(FORMER), texts(NEXT)];
      for (const [name, text] of Object.entries(applied())) expect([former[name], next[name]]).toContain(text);
      writeManifests(outdir, NEXT);
      expect(applied()).toEqual(next);
    }
    expect(interrupted).toBeGreaterThan(9);
  });

  it('of which one cannot be written are all unchanged', () => {
    writeManifests(outdir, FORMER);
    const changed = Object.keys(texts(NEXT)).length;
    for (let n = 1; n <= changed; n += 1) {
      expect(interruptedAt(n, () => writeManifests(outdir, NEXT))).toBe(true);
      expect(applied()).toEqual(texts(FORMER));
    }
  });

  it('that would replace a foreign file are all refused, and none is written', () => {
    writeManifests(outdir, FORMER);
    writeFileSync(join(outdir, 'kind', '0000-namespace.k8s.yaml'), 'kind: Namespace # mine\n');
    mkdirSync(join(outdir, 'production', '0002-samples.k8s.yaml'));
    expect(() => writeManifests(outdir, NEXT)).toThrow(
      /kind\/0000-namespace\.k8s\.yaml, \S+production\/0002-samples\.k8s\.yaml[^]*nothing was written[^]*fix: /,
    );
    rmSync(join(outdir, 'production', '0002-samples.k8s.yaml'), { recursive: true });
    expect(applied()).toEqual({ ...texts(FORMER), 'kind/0000-namespace.k8s.yaml': 'kind: Namespace # mine\n' });
  });

  it('of an environment that is no longer rendered are deleted, and its directory if it is empty', () => {
    const retired = {
      retired: files('retired', ['0000-namespace'], 'former'),
      left: files('left', ['0000-namespace'], 'former'),
    };
    writeManifests(outdir, { ...FORMER, ...retired });
    writeFileSync(join(outdir, 'left', 'notes.txt'), 'Until spring.');
    writeFileSync(join(outdir, 'kind', 'copy-of-brokers.yaml'), `${headerFor('kind')}\n`);
    mkdirSync(join(outdir, 'copy'));
    writeFileSync(join(outdir, 'copy', '0001-brokers.k8s.yaml'), 'app.kubernetes.io/part-of: kafka-platform\n');
    const { removed } = writeManifests(outdir, FORMER);
    expect(removed.map((path) => path.slice(outdir.length + 1)).sort()).toEqual([
      'left/0000-namespace.k8s.yaml',
      'retired/0000-namespace.k8s.yaml',
    ]);
    expect(readdirSync(outdir).sort()).toEqual(['copy', 'kind', 'left', 'production']);
    expect(readdirSync(join(outdir, 'left'))).toEqual(['notes.txt']);
    expect(existsSync(join(outdir, 'kind', 'copy-of-brokers.yaml'))).toBe(true);
    expect(readdirSync(join(outdir, 'copy'))).toEqual(['0001-brokers.k8s.yaml']);
  });

  it('that another running synthesis has partly written are left to it', () => {
    writeManifests(outdir, FORMER);
    const half = (pid: number): string => `.0001-brokers.k8s.yaml.${pid}.new`;
    const runs = process.ppid;
    for (const pid of [runs, 99_999_999]) writeFileSync(join(outdir, 'kind', half(pid)), 'half of a f');
    writeManifests(outdir, FORMER);
    expect(readdirSync(join(outdir, 'kind')).filter((name) => name.endsWith('.new'))).toEqual([half(runs)]);
  });

  it('that are in a merge conflict are replaced', () => {
    writeManifests(outdir, FORMER);
    const path = join(outdir, 'kind', '0001-brokers.k8s.yaml');
    writeFileSync(path, `<<<<<<< HEAD\n${headerFor('kind')}\nformer\n=======\nkind: X\n>>>>>>> other\n`);
    writeManifests(outdir, NEXT);
    expect(applied()).toEqual(texts(NEXT));
  });

  it('that are up to date are not touched', () => {
    writeManifests(outdir, FORMER);
    const times = (): readonly number[] =>
      readdirSync(join(outdir, 'kind')).map((name) => fs.statSync(join(outdir, 'kind', name)).mtimeMs);
    const before = times();
    expect(writeManifests(outdir, FORMER).removed).toEqual([]);
    expect(times()).toEqual(before);
  });
});
