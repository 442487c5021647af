import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as example from '../../../examples/import/package.json';
import { devDependencies, name, version } from '../../../package.json';
import {
  ROOT,
  codeBlocksOf,
  codeOf,
  documentationPages,
  isOfRemovedShop,
  type CodeBlock,
  type Page,
} from '../../support/documentation';

const pages = documentationPages();

/** A line of a block that replaces other lines of the file. */
const LEFT_OUT = /^(\/\/ )?…$/;

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The parts of a block between omission marks. */
function piecesOf(code: string): readonly string[] {
  const pieces: string[][] = [[]];
  for (const line of linesOf(code)) {
    if (LEFT_OUT.test(line)) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  return pieces.map((lines) => lines.join('\n'));
}

/** The first part that the file does not contain after the previous ones. */
function missingFrom(file: string, { code }: CodeBlock): string | undefined {
  const text = linesOf(readFileSync(join(ROOT, file), 'utf8')).join('\n');
  let position = 0;
  return piecesOf(code).find((piece) => {
    position = text.indexOf(piece, position);
    return position < 0;
  });
}

const taken = pages.flatMap((page) =>
  codeBlocksOf(page).flatMap((block) =>
    block.from === undefined ? [] : [{ page: page.file, file: block.from, block }],
  ),
);

const marksOf = ({ text }: Page): number => [...text.matchAll(/<!-- from: /g)].length;

/** Files that other projects may have, but not this one. */
const OF_PROJECTS = ['platform/index.js', 'platform/index.mjs', 'platform/schemas/avro'];

/** Paths of this project on the page, without those with a placeholder. */
const pathsIn = (page: Page): readonly string[] =>
  codeOf(page)
    .flatMap((code) => code.split(/[\s'"=:,()]+/))
    .filter((word) => /^(src|platform|examples|test|scripts|bench|docs|manifests)\/[\w./-]+$/.test(word))
    .filter((word) => !OF_PROJECTS.includes(word) && !isOfRemovedShop(word));

/** Whether a path exists, from the root or from the page; imports omit `.ts`. */
const isThere = (page: Page, path: string): boolean =>
  [join(ROOT, path), join(ROOT, `${path}.ts`), join(ROOT, dirname(page.file), path)].some((file) => existsSync(file));

describe('code in the documentation', () => {
  it.each(taken.filter(({ file }) => !isOfRemovedShop(file)))('of $page is in $file', ({ file, block }) => {
    expect(missingFrom(file, block)).toBeUndefined();
  });

  it('that is marked as taken from a file is found by this test', () => {
    expect(taken.length).toBeGreaterThan(5);
    expect(taken).toHaveLength(pages.reduce((sum, page) => sum + marksOf(page), 0));
  });

  it.each(pages)('names files that exist in $file', (page) => {
    expect(pathsIn(page).filter((path) => !isThere(page, path))).toEqual([]);
  });

  it('names the images of this version', () => {
    const images = pages.flatMap(({ text }) => [
      ...text.matchAll(new RegExp(`${name}-(?:runtime|shop):([\\d.]+\\d)`, 'g')),
    ]);
    const archives = pages.flatMap(({ text }) => [...text.matchAll(new RegExp(`${name}-([\\d.]+\\d)\\.tgz`, 'g'))]);
    expect(images.length).toBeGreaterThan(0);
    expect([...images, ...archives].map(([, found]) => found).filter((found) => found !== version)).toEqual([]);
  });

  it('has an example whose packages are those of this project', () => {
    const all: Readonly<Record<string, string>> = { ...example.dependencies, ...example.devDependencies };
    const expected = { ...devDependencies, [name]: `file:../../${name}-${version}.tgz` };
    expect(expected).toMatchObject(all);
  });
});
