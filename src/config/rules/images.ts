import { findingIf, type Rule } from './rule';

/** Every image that can be named, each with what naming it badly would do. */
const IMAGES = [
  ['brokers', 'brokers of one cluster could differ'],
  ['runtime', 'guards and Jobs of one cluster could differ'],
] as const;

export const imageRules: readonly Rule[] = IMAGES.map(([part, consequence]) => ({
  reads: [`${part}.image`],
  check: (config) =>
    findingIf(config[part].image?.endsWith(':latest') ?? false, {
      path: [part, 'image'],
      message: `what \`latest\` is changes from pull to pull, so ${consequence}`,
      allowed: 'a fixed tag or a sha256 digest',
      fix: `leave ${part}.image out, or name a release`,
    }),
}));
