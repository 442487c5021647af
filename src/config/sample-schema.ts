import { z } from 'zod';
import { duration, size, wholeNumber } from './fields';
import type { SampleSetting } from './samples';
import { gibibytes, mebibytes, minutes, seconds } from './units';

const replicas = () => wholeNumber({ min: 0, max: 100 }).default(1);

const consumer = () =>
  z.strictObject({
    /** Members of its group; 0 leaves it out. @default 1 */
    replicas: replicas(),
  });

const generator = ({ eventsPerSecond }: { readonly eventsPerSecond: number }) =>
  z.strictObject({
    /** 0 leaves it out. @default 1 */
    replicas: replicas(),
    /** Of each replica. @default 2 orders, 10 page views: what the topics' traffic leaves room for on small disks */
    eventsPerSecond: wholeNumber({ min: 1, max: 100_000 }).default(eventsPerSecond),
  });

/** The sample applications. */
export const samplesSchema = z.strictObject({
  /** Whether there are any: they write made-up orders, which have no place among real ones. @default false */
  enabled: z.boolean().meta({ allowed: 'true or false' }).default(false),
  /** Memory request and limit of each. @default 192 MiB */
  memory: size({ min: mebibytes(96), max: gibibytes(8) }).default(mebibytes(192)),
  /** CPU request of each in thousandths of a core. @default 50 */
  cpuMillicores: wholeNumber({ min: 1, max: 8_000 }).default(50),
  /** How long each may take to finish what it has begun. @default 20 s */
  shutdownMs: duration({ min: seconds(1), max: minutes(10) }).default(seconds(20)),
  /** Writes orders, one record at a time. */
  orderService: generator({ eventsPerSecond: 2 }).prefault({}),
  /** Writes page views, in batches. */
  pageViewGenerator: generator({ eventsPerSecond: 10 }).prefault({}),
  /** Reserves stock; what fails is tried again later. */
  inventory: consumer().prefault({}),
  /** Sends an e-mail for each order; what fails goes to dead letters. */
  email: consumer().prefault({}),
  /** Makes three records of each order, exactly once. */
  payment: consumer().prefault({}),
  /** Counts page views, exactly once. */
  analytics: consumer().prefault({}),
  /** Reads orders as they were before their schema evolved. */
  ordersV1Reader: consumer().prefault({}),
} satisfies Record<SampleSetting, z.ZodType> & Record<string, z.ZodType>);
