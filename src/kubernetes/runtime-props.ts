import { z } from 'zod';
import { image } from '../validation/fields';
import { RUNTIME_IMAGE } from './runtime-image';

/** The image of the platform's own programs but for the guard, see `guard.image`. */
export const runtimeSchema = z.strictObject({
  /** Image of the platform's own programs but for the guard: Jobs, the lag exporter and the smoke test. `npm run image` builds it. */
  image: image().default(RUNTIME_IMAGE),
});

/** With every default applied. */
export type RuntimeProps = z.output<typeof runtimeSchema>;
