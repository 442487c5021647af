import { z } from 'zod';
import { duration, image, port, size, wholeNumber } from './fields';
import { RUNTIME_IMAGE } from './runtime-image';
import { gibibytes, hours, mebibytes, minutes, seconds } from './units';

/** What stands beside each broker. */
export const guardSchema = z.strictObject({
  /** Port of the guard beside each broker. @default 9190 */
  port: port().default(9190),
  /**
   * How long the stop of a broker is held up while it would take a partition below its min ISR, or the majority from the
   * quorum. After it the broker stops all the same. @default 10 min
   */
  stopWaitMs: duration({ min: seconds(0), max: hours(6) }).default(minutes(10)),
  /**
   * How long a restarted broker's replicas may make no progress before the roll goes on without them, as those of a
   * topic that can never be in sync. @default 3 min
   */
  syncStallMs: duration({ min: seconds(5), max: hours(6) }).default(minutes(3)),
  /** Memory request and limit. @default 128 MiB */
  memory: size({ min: mebibytes(96), max: gibibytes(4) }).default(mebibytes(128)),
  /** CPU request in thousandths of a core. @default 20 */
  cpuMillicores: wholeNumber({ min: 1, max: 4_000 }).default(20),
});

/** The image of the platform's own programs. */
export const runtimeSchema = z.strictObject({
  /** The platform's own programs: guards, Jobs and samples; `npm run image` builds it. @default kafka-platform-runtime:<version> */
  image: image().default(RUNTIME_IMAGE),
});

const topicNames = () => z.array(z.string().min(1).meta({ allowed: 'the name of a topic' })).default([]);

/** What the provisioning of topics may do beyond what is safe. */
export const provisioningSchema = z.strictObject({
  /** Keyed topics that may get more partitions, though the later records of a key then go elsewhere. @default none */
  allowPartitionGrowth: topicNames(),
  /** Topics that are deleted with all of their records, as they are no longer in the catalogue. @default none */
  delete: topicNames(),
});

/** The smoke test in the cluster. */
export const smokeSchema = z.strictObject({
  /** When the smoke test runs on its own, as cron line; else it runs when it is asked for. @default never */
  schedule: z
    .string()
    .regex(/^(\S+ ){4}\S+$/, 'this is no cron line')
    .meta({ allowed: 'a cron line of five fields, such as "17 * * * *"' })
    .optional(),
});
