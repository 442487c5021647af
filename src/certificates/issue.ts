import type { Authority } from './authority';
import type { KeyPair } from './key-pair';
import { signedKeyPair } from './sign';
import type { Usage } from './usage';

interface IssueProps {
  /** The only part of the subject, which is `CN=<commonName>`; X.509 allows 64 characters. */
  readonly commonName: string;
  /** Subject alternative names: DNS names and IP addresses. A certificate of clients only needs none. */
  readonly names: readonly string[];
  /** Days of 24 hours. */
  readonly validDays: number;
  /** Extended key usages. @default server and client, because brokers are clients of each other */
  readonly usages?: readonly Usage[];
  /** @default the time of the call */
  readonly now?: Date;
}

const BOTH: readonly Usage[] = ['server', 'client'];

/**
 * Issues a certificate with a key of its own on P-256. It is valid from 5 minutes before now, because of clocks that
 * differ, and not longer than the authority. The result has the certificate alone, which is the whole chain when the
 * authority is a root; those of intermediate CAs have to be appended.
 * @param authority made by `createAuthority`
 * @throws {UserError} when the authority has expired
 */
export const issueCertificate = (
  authority: Authority,
  { names, usages = BOTH, now = new Date(), ...subject }: IssueProps,
): Promise<KeyPair> => signedKeyPair({ ...subject, now, purpose: { kind: 'tls', names, usages } }, authority);
