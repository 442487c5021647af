import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Each module imports only from earlier ones, and no name occurs in two modules, because they are concatenated into one
 * script.
 */
const MODULES = ['words.mjs', 'dom.mjs', 'chart.mjs', 'tables.mjs', 'page.mjs'];

const STYLE_LINK = '<link rel="stylesheet" href="page.css" />';
const SCRIPT_LINK = '<script type="module" src="page.mjs"></script>';

/** The page as one document, and a content security policy that allows no other script. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** Assembles the page from the files next to this module. */
export function loadPage(): Page {
  const style = file('page.css');
  const script = MODULES.map((name) =>
    file(name)
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, ''),
  ).join('\n');
  const html = file('page.html')
    .replace(STYLE_LINK, () => `<style>${style}</style>`)
    .replace(SCRIPT_LINK, () => `<script type="module">${script}</script>`);
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, contentSecurityPolicy: policy.join('; ') };
}

const file = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
