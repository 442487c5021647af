import type { KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { certificateText } from './certificate-text';
import { certificationPath, untrustedPath } from './certification-path';
import { readPrivateKey } from './private-key';
import { readCertificates } from './read-certificates';
import { ANY_EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGES, type Usage } from './usage';

/** A key with its certificates that a person supplies, for example in a Secret of type `kubernetes.io/tls`. */
export interface SuppliedKeyPair {
  /** A private key in PEM: PKCS#8, PKCS#1 or SEC1, without a passphrase. */
  readonly key: string;
  /** The certificate of the key and those of intermediate CAs, in PEM and any order. */
  readonly certificate: string;
  /** One or more trusted CAs in PEM. */
  readonly ca: string;
  /** DNS names and IP addresses to which clients connect; @default none */
  readonly names?: readonly string[];
  readonly usages: readonly Usage[];
  readonly now: Date;
}

export type CheckedKeyPair =
  | {
      readonly valid: true;
      /** PKCS#8 in PEM. */
      readonly key: string;
      /** PEM of the certificate of the key, and after it those of the intermediate CAs, each before its issuer. */
      readonly chain: string;
    }
  | {
      readonly valid: false;
      /** All problems, each as one sentence that says how to correct it. */
      readonly problems: readonly string[];
    };

/** Whether brokers and clients of Kafka can use what was supplied; it is converted to what Kafka reads. */
export function checkKeyPair(material: SuppliedKeyPair): CheckedKeyPair {
  const { key, problems } = readPrivateKey(material.key);
  const own = readCertificates(
    material.certificate,
    'the certificate',
    'supply that of the key, and after it those of its intermediate CAs',
  );
  const ca = readCertificates(
    material.ca,
    'the list of trusted CAs',
    'supply those that issue the certificates of peers',
  );
  const unread = [...own.problems, ...ca.problems];
  const leaf = leafOf(own.certificates, key);
  if (leaf === undefined) return { valid: false, problems: [...problems, ...unread] };

  const candidates = { supplied: own.certificates, trusted: ca.certificates };
  const path = certificationPath(leaf, candidates);
  const all = [
    ...problems,
    ...unread,
    ...(key === undefined || leaf.checkPrivateKey(key) ? [] : [otherKey(leaf)]),
    // An unread certificate may be the one that the path lacks.
    ...(path.anchor === undefined && unread.length === 0 ? [untrustedPath(path, candidates)] : []),
    ...validityProblems([...path.chain, ...(path.anchor === undefined ? [] : [path.anchor])], material.now),
    ...usageProblems(leaf, material.usages),
    ...nameProblems(leaf, material.names ?? []),
  ];
  if (key === undefined || all.length > 0) return { valid: false, problems: all };
  return {
    valid: true,
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chain: path.chain.map(String).join(''),
  };
}

/** The first certificate where none is that of the key. */
const leafOf = (certificates: readonly X509Certificate[], key: KeyObject | undefined): X509Certificate | undefined =>
  certificates.find((each) => key !== undefined && each.checkPrivateKey(key)) ?? certificates[0];

const otherKey = (leaf: X509Certificate): string =>
  `the key belongs to another certificate than ${certificateText(leaf)} (serial number ${leaf.serialNumber}): supply the key for which it was issued, or the certificate of this key`;

/** A certificate that is both supplied and trusted has its problem once. */
function validityProblems(certificates: readonly X509Certificate[], now: Date): readonly string[] {
  const problems = certificates.flatMap((certificate) => {
    const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    const text = certificateText(certificate);
    if (now > to) return [`${text} expired at ${to.toISOString()}: have it renewed`];
    return now < from
      ? [`${text} is not valid before ${from.toISOString()}: supply one that is, or set the clock`]
      : [];
  });
  return [...new Set(problems)];
}

/** A certificate without the extension may be used for all. */
function usageProblems(leaf: X509Certificate, usages: readonly Usage[]): readonly string[] {
  // The name that Node.js has for the extended key usage. It is undefined without the extension.
  const present = leaf.keyUsage as readonly string[] | undefined;
  if (present === undefined || present.includes(ANY_EXTENDED_KEY_USAGE)) return [];
  const known = Object.values(EXTENDED_KEY_USAGES);
  const has = present.map((oid) => known.find((each) => each.oid === oid)?.name ?? oid).join(', ');
  return usages
    .map((usage) => EXTENDED_KEY_USAGES[usage])
    .filter(({ oid }) => !present.includes(oid))
    .map(
      ({ name }) =>
        `${certificateText(leaf)} lacks the extended key usage ${name}: have it issued with ${name} beside ${has}`,
    );
}

function nameProblems(leaf: X509Certificate, names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => !covers(leaf, name)).join(', ');
  if (missing === '') return [];
  const present = leaf.subjectAltName ?? 'none';
  return [
    `the subject alternative names of ${certificateText(leaf)} (${present}) do not cover ${missing}: have it issued with these, too`,
  ];
}

/** The common name does not count, because many clients ignore it. */
const covers = (leaf: X509Certificate, name: string): boolean =>
  (isIP(name) === 0 ? leaf.checkHost(name, { subject: 'never', partialWildcards: false }) : leaf.checkIP(name)) !==
  undefined;
