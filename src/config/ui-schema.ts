import { z } from 'zod';
import { image, size, wholeNumber } from './fields';
import { gibibytes, mebibytes } from './units';

/** The web interface, kafbat's Kafka UI. */
export const uiSchema = z.strictObject({
  /** @default true */
  enabled: z.boolean().meta({ allowed: 'true or false' }).default(true),
  /** Without a login, whoever reaches it may do what it may. @default true */
  readOnly: z.boolean().meta({ allowed: 'true or false' }).default(true),
  /** @default kafbat/kafka-ui:v1.5.0 */
  image: image().default('kafbat/kafka-ui:v1.5.0'),
  /** Memory request and limit. @default 768 MiB */
  memory: size({ min: mebibytes(512), max: gibibytes(16) }).default(mebibytes(768)),
  /** CPU request in thousandths of a core. @default 100 */
  cpuMillicores: wholeNumber({ min: 10, max: 8_000 }).default(100),
});
