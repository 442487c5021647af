import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import {
  ROOT,
  anchorsOf,
  documentationPages,
  isOfRemovedShop,
  linksOf,
  readPage,
  type Link,
  type Page,
} from '../../support/documentation';

const pages = documentationPages();
const README_BYTES = 10_000;

const targetOf = ({ file }: Page, { path }: Link): string =>
  path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));

/** The problem of a link; undefined if it is valid. */
function problemOf(page: Page, link: Link): string | undefined {
  const target = targetOf(page, link);
  if (isOfRemovedShop(target)) return undefined;
  if (!existsSync(join(ROOT, target))) return `${page.file}: ${link.target} does not exist`;
  if (link.anchor === undefined) return undefined;
  const hasAnchor = target.endsWith('.md') && anchorsOf(readPage(target)).includes(link.anchor);
  return hasAnchor ? undefined : `${page.file}: ${target} has no heading #${link.anchor}`;
}

/** Pages that can be reached from a page by links. */
function reachableFrom(start: string, reached = new Set<string>()): ReadonlySet<string> {
  reached.add(start);
  const page = readPage(start);
  for (const target of linksOf(page).map((link) => targetOf(page, link)))
    if (target.endsWith('.md') && !reached.has(target) && existsSync(join(ROOT, target)))
      reachableFrom(target, reached);
  return reached;
}

describe('the documentation', () => {
  it.each(pages)('has no broken link in $file', (page) => {
    expect(linksOf(page).flatMap((link) => problemOf(page, link) ?? [])).toEqual([]);
  });

  it('has no unused picture', () => {
    const shown = new Set(pages.flatMap((page) => linksOf(page).map((link) => targetOf(page, link))));
    const pictures = readdirSync(join(ROOT, 'docs/pictures')).map((file) => join('docs/pictures', file));
    expect(pictures.filter((file) => !shown.has(file))).toEqual([]);
  });

  it('has no page that cannot be reached from the README', () => {
    const reachable = reachableFrom('README.md');
    expect(pages.map(({ file }) => file).filter((file) => !reachable.has(file))).toEqual([]);
  });

  it('begins with a README that is short', () => {
    expect(statSync(join(ROOT, 'README.md')).size).toBeLessThan(README_BYTES);
  });
});
