import { z } from 'zod';

/** How connections to the brokers are protected. */
export const securitySchema = z.strictObject({
  /**
   * `tls`: nodes know each other by certificates of an authority of their own, clients by user names and passwords
   * (SCRAM-SHA-512), and users may do what their roles say. `none`: everybody may do everything. So far local processes alone
   * have `tls`.
   */
  mode: z.enum(['none', 'tls']).meta({ allowed: 'none or tls' }).default('none'),
});

/** With every default applied. */
export type SecurityProps = z.output<typeof securitySchema>;
