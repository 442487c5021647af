import type { ParsedPlatform } from '../schema';
import { findingIf, type Rule } from './rule';

interface NamedImage {
  /** Setting that names it. */
  readonly path: readonly [string, ...string[]];
  readonly image: (config: ParsedPlatform) => string | undefined;
  /** What naming it badly would do. */
  readonly consequence: string;
}

const DIFFERS = 'what runs could change with a restart';

/** Every image that can be named. */
const IMAGES: readonly NamedImage[] = [
  {
    path: ['brokers', 'image'],
    image: ({ brokers }) => brokers.image,
    consequence: 'brokers of one cluster could differ',
  },
  {
    path: ['runtime', 'image'],
    image: ({ runtime }) => runtime.image,
    consequence: 'guards and Jobs of one cluster could differ',
  },
  { path: ['registry', 'image'], image: ({ registry }) => registry.image, consequence: DIFFERS },
  { path: ['ui', 'image'], image: ({ ui }) => ui.image, consequence: DIFFERS },
  {
    path: ['monitoring', 'prometheus', 'image'],
    image: ({ monitoring }) => monitoring.prometheus.image,
    consequence: DIFFERS,
  },
  {
    path: ['monitoring', 'lagExporter', 'image'],
    image: ({ monitoring }) => monitoring.lagExporter.image,
    consequence: DIFFERS,
  },
];

export const imageRules: readonly Rule[] = IMAGES.map(({ path, image, consequence }) => ({
  reads: [path.join('.')],
  check: (config) =>
    findingIf(image(config)?.endsWith(':latest') ?? false, {
      path,
      message: `what \`latest\` is changes from pull to pull, so ${consequence}`,
      allowed: 'a fixed tag or a sha256 digest',
      fix: `leave ${path.join('.')} out, or name a release`,
    }),
}));
