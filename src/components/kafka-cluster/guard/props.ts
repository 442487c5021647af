import { z } from 'zod';
import { duration, image, millicores, port, size } from '../../../validation/fields';
import { gibibytes, hours, mebibytes, seconds } from '../../../validation/units';
import { GUARD_IMAGE } from './image';

/** What stands beside each broker. */
export const guardSchema = z.strictObject({
  /**
   * Image of the guard, which also has the brokers' metrics reporter. `npm run image` builds it. Its tag changes only with its
   * contents, because another image restarts every node.
   */
  image: image().default(GUARD_IMAGE),
  /** Port of the guard beside each broker. */
  port: port().default(9190),
  /**
   * How long the stop of a broker is delayed while it would take a partition below its min ISR, or the majority from the quorum, unless an
   * operator ends the wait. After this time the broker stops all the same; the termination grace period follows it.
   */
  stopWaitMs: duration({ min: seconds(0), max: hours(6) }).default(hours(1)),
  /** Memory request and limit. */
  memory: size({ min: mebibytes(96), max: gibibytes(4) }).default(mebibytes(128)),
  /** CPU request. */
  cpuMillicores: millicores({ min: 1, max: 4_000 }).default(20),
});

/** With every default applied. */
export type GuardProps = z.output<typeof guardSchema>;
