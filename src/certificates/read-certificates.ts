import { X509Certificate } from 'node:crypto';
import { foundInstead, pemBlocks } from './pem';

export interface CertificatesReading {
  readonly certificates: readonly X509Certificate[];
  readonly problems: readonly string[];
}

/**
 * Reads all certificates in PEM, each once.
 * @param place what the text is, at the beginning of problems: `the trusted CAs`
 * @param fix what to supply when there is none
 */
export function readCertificates(pem: string, place: string, fix: string): CertificatesReading {
  const blocks = pemBlocks(pem);
  const own = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (own.length === 0) {
    return { certificates: [], problems: [`${place} has no certificate in PEM${foundInstead(blocks)}: ${fix}`] };
  }
  const certificates = new Map<string, X509Certificate>();
  const problems: string[] = [];
  own.forEach(({ text }, index) => {
    try {
      const certificate = new X509Certificate(text);
      certificates.set(certificate.fingerprint256, certificate);
    } catch {
      problems.push(
        `${place} has as number ${index + 1} a certificate that cannot be read: supply all of it, as issued`,
      );
    }
  });
  return { certificates: [...certificates.values()], problems };
}
