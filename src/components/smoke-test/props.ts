import { z } from 'zod';

/** The smoke test in the cluster. */
export const smokeSchema = z.strictObject({
  /** Cron schedule of the smoke test, in UTC. @default the smoke test runs only when it is started */
  schedule: z
    .string()
    .regex(/^(\S+ ){4}\S+$/, 'this is not a cron schedule')
    .meta({ allowed: 'a cron schedule of five fields, such as "17 * * * *"' })
    .optional(),
});

/** With every default applied. */
export type SmokeProps = z.output<typeof smokeSchema>;
