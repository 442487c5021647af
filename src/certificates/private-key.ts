import { createPrivateKey, type KeyObject } from 'node:crypto';
import { foundInstead, pemBlocks, type PemBlock } from './pem';

/** Curves that Java supports. */
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** A private key that was read, or why it cannot be used. A key of a type that Kafka does not support has both. */
export interface PrivateKeyReading {
  readonly key?: KeyObject;
  readonly problems: readonly string[];
}

/** Reads a private key in PEM: PKCS#8, PKCS#1 or SEC1. */
export function readPrivateKey(pem: string): PrivateKeyReading {
  const blocks = pemBlocks(pem);
  const [block, ...others] = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block === undefined) {
    return problem(
      `the key has no private key in PEM${foundInstead(blocks)}: supply the private key of the certificate`,
    );
  }
  if (others.length > 0) {
    return problem(`the key has ${others.length + 1} private keys: leave only that of the certificate`);
  }
  if (isEncrypted(block)) {
    return problem(
      'the private key is encrypted: supply it without a passphrase, as `openssl pkey -in <file>` writes it',
    );
  }
  try {
    const key = createPrivateKey(block.text);
    return { key, problems: isSupported(key) ? [] : [unsupported(key)] };
  } catch {
    return problem('the private key cannot be read: supply the whole key in PEM, as PKCS#8, PKCS#1 or SEC1');
  }
}

const problem = (text: string): PrivateKeyReading => ({ problems: [text] });

/** PKCS#8 has a label of its own for it, older formats have a header. */
const isEncrypted = ({ label, text }: PemBlock): boolean =>
  label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: *4, *ENCRYPTED/m.test(text);

function isSupported({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' || CURVES.has(asymmetricKeyDetails?.namedCurve ?? '');
}

function unsupported({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const type = [asymmetricKeyType, asymmetricKeyDetails?.namedCurve].filter((each) => each !== undefined).join(' on ');
  return `the private key is of type ${type}, which Kafka cannot use: replace it and its certificate by RSA, or EC on P-256, P-384 or P-521`;
}
