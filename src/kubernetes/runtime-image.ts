import { name, version } from '../../package.json';

/** The image built by `npm run image`: this project's own programs but for the guard, tagged with the project's version. */
export const RUNTIME_IMAGE = `${name}-runtime:${version}`;
