import { name } from '../../../../package.json';
import { GUARD_IMAGE_TAG } from './image-tag';

/**
 * The image of the container beside each node, built by `npm run image`. Its tag follows from what is in it, and from nothing
 * else: a release that changes other programs restarts no broker.
 */
export const guardImage = (tag: string): string => `${name}-guard:${tag}`;

export const GUARD_IMAGE = guardImage(GUARD_IMAGE_TAG);
