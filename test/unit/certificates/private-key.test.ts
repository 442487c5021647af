import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Authority } from '../../../src/certificates/authority';
import { checkKeyPair, type SuppliedKeyPair } from '../../../src/certificates/check-key-pair';
import { customCertificate, keyObject, newKeys } from './custom-certificate';
import { authority, issue, pkcs8, problemsOf, validMaterial } from './supplied-material';

let root: Authority;
let valid: SuppliedKeyPair;

beforeAll(async () => {
  root = await authority('root');
  valid = await validMaterial(root);
});

const check = (change: Partial<SuppliedKeyPair>) => checkKeyPair({ ...valid, ...change });
const problems = (change: Partial<SuppliedKeyPair>) => problemsOf({ ...valid, ...change });

const sec1 = (key: KeyObject): string => key.export({ format: 'pem', type: 'sec1' }).toString();

describe('a key', () => {
  it('as PKCS#8 or SEC1 is converted to PKCS#8', () => {
    const key = createPrivateKey(valid.key);
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    for (const text of [pkcs8(key), sec1(key), parameters + sec1(key), valid.key.trim()]) {
      expect(check({ key: text })).toEqual({ valid: true, key: valid.key, chain: valid.certificate });
    }
  });

  it('of RSA as PKCS#1 is converted to PKCS#8', async () => {
    const keys = await newKeys('rsa');
    const certificate = await customCertificate({ subject: 'CN=rsa', keys });
    const key = keyObject(keys).export({ format: 'pem', type: 'pkcs1' }).toString();
    expect(key).toMatch('BEGIN RSA PRIVATE KEY');
    const result = check({ key, certificate, ca: certificate, now: new Date() });
    expect(result).toMatchObject({ valid: true, key: pkcs8(keyObject(keys)) });
    expect(problems({ key })).toEqual([expect.stringContaining('the key belongs to another certificate')]);
  });

  it('of another certificate is a problem', async () => {
    const { key } = await issue(root);
    expect(problems({ key })).toEqual([
      expect.stringMatching(
        /^the key belongs to another certificate than CN=broker \(serial number [0-9A-F]{32}\): supply the key for which it was issued, or the certificate of this key$/,
      ),
    ]);
  });

  it.each(['pkcs8', 'sec1'] as const)('that is encrypted as %s is a problem', (type) => {
    const encryption = { cipher: 'aes-256-cbc', passphrase: 'secret' };
    const key = createPrivateKey(valid.key)
      .export({ format: 'pem', type, ...encryption })
      .toString();
    expect(problems({ key })).toEqual([
      'the private key is encrypted: supply it without a passphrase, as `openssl pkey -in <file>` writes it',
    ]);
  });

  it.each([
    ['nothing', () => '', 'no private key in PEM: supply'],
    ['base64 without PEM', () => 'TUlJRXZnSUJBREFO', 'no private key in PEM: supply'],
    ['a certificate', () => valid.certificate, 'no private key in PEM but CERTIFICATE: supply'],
    ['two keys', () => valid.key + root.key, '2 private keys: leave only that of the certificate'],
  ])('is missing from %s', (_what, key, problem) => {
    expect(problems({ key: key() })).toEqual([expect.stringContaining(`the key has ${problem}`)]);
  });

  it('that is cut off cannot be read', () => {
    expect(problems({ key: valid.key.replace(/\n.{20}/, '\n') })).toEqual([
      'the private key cannot be read: supply the whole key in PEM, as PKCS#8, PKCS#1 or SEC1',
    ]);
  });

  it.each([
    ['ed25519', () => generateKeyPairSync('ed25519').privateKey],
    ['ec on secp256k1', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
  ])('of type %s is one that Kafka cannot use', (type, key) => {
    expect(problems({ key: pkcs8(key()) })).toContain(
      `the private key is of type ${type}, which Kafka cannot use: replace it and its certificate by RSA, or EC on P-256, P-384 or P-521`,
    );
  });
});
