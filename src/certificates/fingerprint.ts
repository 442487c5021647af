import { X509Certificate } from 'node:crypto';
import { SocketAddress, isIP } from 'node:net';
import { issuerOf, subjectOf } from './certificate-text';

export interface CertificateDescription {
  /** As in RFC 2253, such as `CN=kafka-broker,O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  readonly expires: Date;
  /** SHA-256 in hexadecimal with colons, as openssl writes it. */
  readonly fingerprint: string;
  /** Subject alternative names that are DNS names or IP addresses. */
  readonly names: readonly string[];
}

/**
 * Describes the first certificate of a text in PEM.
 * @throws {Error} when the text has no certificate, or one that cannot be read
 */
export function describeCertificate(pem: string): CertificateDescription {
  const certificate = new X509Certificate(pem);
  return {
    subject: subjectOf(certificate),
    issuer: issuerOf(certificate),
    expires: new Date(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    names: alternativeNames(certificate),
  };
}

/** Node.js writes a value with special characters in quotes as JSON does, and escapes commas, too. */
const alternativeNames = ({ subjectAltName = '' }: X509Certificate): readonly string[] =>
  subjectAltName
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):(.*)$/.exec(entry)?.[1])
    .filter((value) => value !== undefined)
    .map((value) => (value.startsWith('"') ? String(JSON.parse(value)) : compressed(value)));

/** Node.js writes IPv6 addresses of certificates with all of their zeros. */
const compressed = (name: string): string =>
  isIP(name) === 6 ? new SocketAddress({ address: name, family: 'ipv6' }).address : name;
