import { name, version } from '../../package.json';

/** The image that `npm run image` builds: this project's own programs, at its own version. */
export const RUNTIME_IMAGE = `${name}-runtime:${version}`;
