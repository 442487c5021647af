import type { KeyPair } from './key-pair';
import { signedKeyPair } from './sign';

/** A certificate authority (CA) with its key. */
export type Authority = KeyPair;

interface AuthorityProps {
  /** The only part of the subject; X.509 allows 64 characters. */
  readonly commonName: string;
  /** Days of 24 hours. */
  readonly validDays: number;
  /** @default the time of the call */
  readonly now?: Date;
  /** The authority whose intermediate CA it becomes; @default none, it is a root */
  readonly parent?: Authority;
}

/**
 * Makes a CA with a key on P-256, valid from 5 minutes before now because of clocks that differ. An intermediate CA is not
 * valid for longer than its parent.
 * @throws {UserError} when the parent has expired
 */
export const createAuthority = ({ parent, now = new Date(), ...subject }: AuthorityProps): Promise<Authority> =>
  signedKeyPair({ ...subject, now, purpose: { kind: 'authority' } }, parent);
