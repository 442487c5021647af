import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Root of the project. */
export const ROOT = resolve(__dirname, '../..');

/** A project may remove this example; pages that show it stay as they are. */
const SHOP = 'examples/shop';

/** Whether a path from the root of the project is missing only because the project has removed the example shop. */
export const isOfRemovedShop = (path: string): boolean =>
  (path === SHOP || path.startsWith(`${SHOP}/`)) && !existsSync(join(ROOT, SHOP));

/** A page of the documentation. */
export interface Page {
  /** Path relative to the root of the project. */
  readonly file: string;
  readonly text: string;
}

/** A fenced block of code. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The source file named by a preceding `<!-- from: FILE -->`; undefined for other blocks. */
  readonly from: string | undefined;
}

export interface Link {
  /** The link as written. */
  readonly target: string;
  /** Path without the anchor; empty for a link within the page. */
  readonly path: string;
  /** Anchor without `#`; undefined if there is none. */
  readonly anchor: string | undefined;
}

const FENCE = /^ *```.*$[^]*?^ *```$/gm;
const BLOCK = /(?:^ *<!-- from: (\S+) -->\n\s*)?^( *)```(\w*)\n([^]*?)^\2```$/gm;

/** Pages at the root, below `docs`, and in the examples. The changelog describes earlier states and is excluded. */
export function documentationPages(): readonly Page[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file));
  const files = [...readdirSync(ROOT), ...docs, `${SHOP}/README.md`].filter((file) => file.endsWith('.md'));
  return files
    .filter((file) => file !== 'CHANGELOG.md' && !isOfRemovedShop(file))
    .sort()
    .map(readPage);
}

export const readPage = (file: string): Page => ({ file, text: readFileSync(join(ROOT, file), 'utf8') });

/** Links and pictures that refer to files of this project. */
export const linksOf = ({ text }: Page): readonly Link[] =>
  [...text.replace(FENCE, '').matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)]
    .map(([, target, picture]) => target ?? picture ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { target, path, anchor };
    });

/** Anchors of the headings in GitHub's form, and explicit anchors. */
export function anchorsOf({ text }: Page): readonly string[] {
  const own = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  const headings = [...text.replace(FENCE, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slugOf(heading));
  const seen = new Map<string, number>();
  const ofHeadings = headings.map((slug) => {
    const earlier = seen.get(slug) ?? 0;
    seen.set(slug, earlier + 1);
    return earlier === 0 ? slug : `${slug}-${earlier}`;
  });
  return [...own, ...ofHeadings];
}

const slugOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

export const codeBlocksOf = ({ text }: Page): readonly CodeBlock[] =>
  [...text.matchAll(BLOCK)].map(([, from, , language = '', code = '']) => ({ language, code, from }));

/** Code of the page: fenced blocks and inline code. */
export const codeOf = (page: Page): readonly string[] => [
  ...codeBlocksOf(page).map(({ code }) => code),
  ...[...page.text.replace(FENCE, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
];
