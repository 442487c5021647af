/** Side of a TLS connection on which a certificate is presented. */
export type Usage = 'server' | 'client';

/** The extended key usage that a certificate has to have for each side. */
export const EXTENDED_KEY_USAGES: Readonly<Record<Usage, { readonly oid: string; readonly name: string }>> = {
  server: { oid: '1.3.6.1.5.5.7.3.1', name: 'serverAuth' },
  client: { oid: '1.3.6.1.5.5.7.3.2', name: 'clientAuth' },
};

/** `anyExtendedKeyUsage`, which includes all others. */
export const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';
