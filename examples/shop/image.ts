import { name, version } from '../../package.json';

/** The image with the shop's programs, built by `npm run image`. */
export const SHOP_IMAGE = `${name}-shop:${version}`;
