/** A private key, and the certificate of its public key. */
export interface KeyPair {
  /** PEM. */
  readonly certificate: string;
  /** PKCS#8 in PEM, without a passphrase. */
  readonly key: string;
}
