// Has to be loaded before @peculiar/x509.
import 'reflect-metadata';
import { isIP } from 'node:net';
import { KeyObject, X509Certificate, createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { days, minutes } from '../validation/units';
import { UserError } from '../validation/user-error';
import type { KeyPair } from './key-pair';
import { EXTENDED_KEY_USAGES, type Usage } from './usage';

/** What the key of a certificate is for. */
export type Purpose =
  | { readonly kind: 'authority' }
  | { readonly kind: 'tls'; readonly names: readonly string[]; readonly usages: readonly Usage[] };

export interface CertificateContent {
  readonly commonName: string;
  /** Days of 24 hours. */
  readonly validDays: number;
  readonly now: Date;
  readonly purpose: Purpose;
}

/** Clocks of other machines may be behind by this. */
const CLOCK_SKEW = minutes(5);
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const SERIAL_NUMBER_BYTES = 16;

/**
 * Makes a key and has its certificate signed.
 * @param issuer the authority that signs; @default the key itself
 * @throws {UserError} when the certificate of the issuer has expired
 */
export async function signedKeyPair(content: CertificateContent, issuer?: KeyPair): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const parent = issuer === undefined ? undefined : new x509.X509Certificate(issuer.certificate);
  const subject = new x509.Name([{ CN: [{ utf8String: content.commonName }] }]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: parent?.subjectName ?? subject,
    ...validity(content, parent),
    publicKey: keys.publicKey,
    signingKey: issuer === undefined ? keys.privateKey : await signingKey(issuer.key),
    extensions: [
      ...extensionsFor(content.purpose),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(parent === undefined ? [] : [await x509.AuthorityKeyIdentifierExtension.create(parent.publicKey)]),
    ],
  });
  return {
    certificate: new X509Certificate(Buffer.from(certificate.rawData)).toString(),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Positive, and without leading zeros, which some programs leave out of what they print. */
function serialNumber(): string {
  const number = randomBytes(SERIAL_NUMBER_BYTES);
  number.writeUInt8((number.readUInt8(0) & 0x7f) | 0x40, 0);
  return number.toString('hex');
}

function validity(
  { now, validDays }: CertificateContent,
  parent?: x509.X509Certificate,
): { notBefore: Date; notAfter: Date } {
  const end = now.getTime() + days(validDays);
  if (parent !== undefined && parent.notAfter <= now) {
    throw new UserError(
      `the authority ${parent.subject} expired at ${parent.notAfter.toISOString()}`,
      'create a new authority',
    );
  }
  const last = parent?.notAfter.getTime() ?? end;
  return { notBefore: new Date(now.getTime() - CLOCK_SKEW), notAfter: new Date(Math.min(end, last)) };
}

const signingKey = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }), P256, false, [
    'sign',
  ]);

function extensionsFor(purpose: Purpose): readonly x509.Extension[] {
  if (purpose.kind === 'authority') {
    return [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ];
  }
  const names = purpose.names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const);
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(purpose.usages.map((usage) => EXTENDED_KEY_USAGES[usage])),
    ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
  ];
}
