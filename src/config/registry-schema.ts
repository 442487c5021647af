import { z } from 'zod';
import { image, size, wholeNumber } from './fields';
import { gibibytes, mebibytes } from './units';

/** The schema registry. */
export const registrySchema = z.strictObject({
  /** Which software; both speak the Confluent API. @default apicurio */
  provider: z
    .enum(['apicurio', 'confluent', 'none'])
    .meta({ allowed: 'apicurio, confluent or none' })
    .default('apicurio'),
  /** @default 1 */
  replicas: wholeNumber({ min: 1, max: 9 }).default(1),
  /** @default the provider's own, at the release that this platform was made with */
  image: image().optional(),
  /** Java heap. @default 400 MiB */
  heap: size({ min: mebibytes(256), max: gibibytes(32) }).default(mebibytes(400)),
  /** Memory request and limit. Measured: 290 to 320 MiB resident with this heap. @default 768 MiB */
  memory: size({ min: mebibytes(512), max: gibibytes(64) }).default(mebibytes(768)),
  /** CPU request in thousandths of a core. @default 250 */
  cpuMillicores: wholeNumber({ min: 10, max: 16_000 }).default(250),
});
