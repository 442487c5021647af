import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const OPTIONS = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'external', sourcesContent: false };

const SELF = readFileSync(new URL(import.meta.url));

/** Jest's transform of TypeScript by esbuild, which leaves types to `npm run lint`. */
export default {
  canInstrument: false,
  getCacheKey: (source, path) =>
    createHash('sha256').update(SELF).update(version).update(path).update('\0').update(source).digest('hex'),
  process: (source, path) => {
    const { code, map } = transformSync(source, { ...OPTIONS, sourcefile: path });
    return { code, map };
  },
};
