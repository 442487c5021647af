import type { X509Certificate } from 'node:crypto';
import { certificateText, issuerOf } from './certificate-text';

/** Certificates from that of a key up to a trusted CA. */
export interface CertificationPath {
  /** The certificate of the key first, and then the issuer of each. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
  /** The trusted certificate: the last of the chain, or its issuer. @default there is none */
  readonly anchor?: X509Certificate | undefined;
}

/** Certificates to choose from. */
export interface Candidates {
  /** Those that were supplied with the certificate of the key, in any order. */
  readonly supplied: readonly X509Certificate[];
  readonly trusted: readonly X509Certificate[];
}

/**
 * The chain has the supplied certificates as far as they lead to a trusted CA, also past one that is trusted itself:
 * clients may trust the root alone. It ends before a root.
 */
export function certificationPath(certificate: X509Certificate, { supplied, trusted }: Candidates): CertificationPath {
  const onward = supplied
    .filter((other) => other !== certificate && !isSelfSigned(other) && other.ca && hasIssued(other, certificate))
    .map((next) => {
      const remaining = supplied.filter((other) => other !== next && other !== certificate);
      return certificationPath(next, { supplied: remaining, trusted });
    });
  const best = onward.find(({ anchor }) => anchor !== undefined);
  if (best !== undefined) return { chain: [certificate, ...best.chain], anchor: best.anchor };
  const anchor = trusted.find((ca) => isSame(ca, certificate) || hasIssued(ca, certificate));
  return { chain: [certificate, ...(anchor === undefined ? (onward[0]?.chain ?? []) : [])], anchor };
}

/** Why a path leads to no trusted CA. */
export function untrustedPath({ chain }: CertificationPath, { supplied, trusted }: Candidates): string {
  const last = chain.at(-1) ?? chain[0];
  const text = certificateText(last);
  const cas = trusted.map(certificateText).join(', ');
  if (isSelfSigned(last)) {
    return `${text} is self-signed and not one of the trusted CAs (${cas}): add it to them, or supply a certificate that one of them issued`;
  }
  const issuer = issuerOf(last);
  const root = supplied.some((other) => isSelfSigned(other) && hasIssued(other, last));
  if (root) {
    return `${text} is issued by the root ${issuer}, which is not one of the trusted CAs (${cas}): add it to them, or supply a certificate that one of them issued`;
  }
  if ([...supplied, ...trusted].some((other) => other !== last && other.subject === last.issuer)) {
    return `${text} names ${issuer} as its issuer, but the certificate of ${issuer} that is supplied did not sign it or is not a CA certificate: supply that of the CA which signed it`;
  }
  return `${text} is issued by ${issuer}, whose certificate is missing: append it to the certificate if it is an intermediate CA, or add it to the trusted CAs (${cas}) if it is a root`;
}

/** `checkIssued` compares names and key identifiers only. */
const hasIssued = (ca: X509Certificate, certificate: X509Certificate): boolean =>
  certificate.checkIssued(ca) && certificate.verify(ca.publicKey);

const isSelfSigned = (certificate: X509Certificate): boolean => hasIssued(certificate, certificate);

const isSame = (one: X509Certificate, other: X509Certificate): boolean => one.fingerprint256 === other.fingerprint256;
