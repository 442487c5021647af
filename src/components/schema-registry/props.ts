import { z } from 'zod';
import { image, millicores, size, wholeNumber } from '../../validation/fields';
import { gibibytes, mebibytes } from '../../validation/units';

/** The schema registry. */
export const registrySchema = z.strictObject({
  /**
   * Software of the registry. Both providers implement the Confluent API; the port depends on the provider. Confluent's
   * image serves no metrics, so there are no alerts for it.
   */
  provider: z
    .enum(['apicurio', 'confluent', 'none'])
    .meta({ allowed: 'apicurio, confluent or none' })
    .default('apicurio'),
  /** Number of replicas. */
  replicas: wholeNumber({ min: 1, max: 9 }).default(1),
  /** Container image. @default the provider's image, at the version that this platform was tested with */
  image: image().optional(),
  /** Java heap. */
  heap: size({ min: mebibytes(256), max: gibibytes(32) }).default(mebibytes(400)),
  /** Memory request and limit. Measured: 290 to 320 MiB resident with the default heap. */
  memory: size({ min: mebibytes(512), max: gibibytes(64) }).default(mebibytes(768)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 10, max: 16_000 }).default(250),
});

/** With every default applied. */
export type RegistryProps = z.output<typeof registrySchema>;
