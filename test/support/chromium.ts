import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Disables updates and other requests of the browser. A container has no user namespaces for the sandbox. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Explains why a test was skipped. */
export const NO_CHROMIUM = `none of ${NAMES.join(', ')} is in PATH; install one (Debian: apt-get install chromium)`;

/** Path of the program; undefined if none is installed. */
export const findChromium = (path = process.env['PATH'] ?? ''): string | undefined =>
  path
    .split(delimiter)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
    .find((program) => existsSync(program));

export const startChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ARGUMENTS });
