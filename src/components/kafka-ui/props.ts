import { z } from 'zod';
import { image, millicores, size } from '../../validation/fields';
import { gibibytes, mebibytes } from '../../validation/units';

/** The web interface, kafbat's Kafka UI. */
export const uiSchema = z.strictObject({
  /** Whether Kafka UI is deployed. */
  enabled: z.boolean().meta({ allowed: 'true or false' }).default(true),
  /** Whether Kafka UI is read-only. Kafka UI has no login: everybody who reaches it has its rights. */
  readOnly: z.boolean().meta({ allowed: 'true or false' }).default(true),
  /** Container image. */
  image: image().default('kafbat/kafka-ui:v1.5.0'),
  /** Memory request and limit. */
  memory: size({ min: mebibytes(512), max: gibibytes(16) }).default(mebibytes(768)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 10, max: 8_000 }).default(100),
});

/** With every default applied. */
export type UiProps = z.output<typeof uiSchema>;
