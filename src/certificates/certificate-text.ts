import type { X509Certificate } from 'node:crypto';

/** A distinguished name of Node.js, which has a line for each part of it, as RFC 2253 and Kafka's principals write it. */
const distinguishedName = (lines: string | undefined): string => (lines ?? '').split('\n').reverse().join(',');

/** Empty for a certificate that has only subject alternative names. */
export const subjectOf = (certificate: X509Certificate): string => distinguishedName(certificate.subject);

export const issuerOf = (certificate: X509Certificate): string => distinguishedName(certificate.issuer);

/** A certificate in a message. */
export const certificateText = (certificate: X509Certificate): string =>
  subjectOf(certificate) || `the certificate with serial number ${certificate.serialNumber}`;
