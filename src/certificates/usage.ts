/** Side of a TLS connection on which a certificate is presented. */
export type Usage = 'server' | 'client';

/** The extended key usage that a certificate has to have for each side: `serverAuth` and `clientAuth`. */
export const EXTENDED_KEY_USAGES: Readonly<Record<Usage, string>> = {
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
};
