import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each imports only from those before it, and no name stands in two of them: they become one script. */
const MODULES = ['words.mjs', 'dom.mjs', 'chart.mjs', 'tables.mjs', 'page.mjs'];

const STYLE_LINK = '<link rel="stylesheet" href="page.css" />';
const SCRIPT_LINK = '<script type="module" src="page.mjs"></script>';

/** The page as one document, and the policy under which a browser runs nothing else. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** Puts the page together from the files beside this module. */
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
