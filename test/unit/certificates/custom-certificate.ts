// Has to be loaded before @peculiar/x509.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export { x509 };

const ALGORITHMS = {
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
};

type Keys = webcrypto.CryptoKeyPair;

export const newKeys = (type: keyof typeof ALGORITHMS): Promise<Keys> =>
  webcrypto.subtle.generateKey(ALGORITHMS[type], true, ['sign', 'verify']);

export const keyObject = ({ privateKey }: Keys): KeyObject => KeyObject.from(privateKey);

interface CustomCertificateProps {
  /** As in RFC 4514; empty for none. */
  readonly subject: string;
  readonly keys: Keys;
  /** @default itself */
  readonly issuer?: { readonly subject: string; readonly keys: Keys };
  readonly extensions?: readonly x509.Extension[];
}

export const CA = new x509.BasicConstraintsExtension(true, undefined, true);

/** A certificate that `issueCertificate` does not make, in PEM. It is valid for a year. */
export async function customCertificate(props: CustomCertificateProps): Promise<string> {
  const { subject, keys, issuer = props, extensions = [] } = props;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    publicKey: keys.publicKey,
    issuer: issuer.subject,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: { name: issuer.keys.privateKey.algorithm.name, hash: 'SHA-256' },
    extensions: [...extensions],
  });
  return certificate.toString('pem');
}
