import type { Authority } from '../../../src/certificates/authority';
import { checkKeyPair, type SuppliedKeyPair } from '../../../src/certificates/check-key-pair';
import { CA, customCertificate, keyObject, newKeys, type x509 } from './custom-certificate';
import { authority, issue, pkcs8, problemsOf, selfSigned, validMaterial } from './supplied-material';

let root: Authority;
let otherRoot: Authority;
let valid: SuppliedKeyPair;

beforeAll(async () => {
  [root, otherRoot] = await Promise.all([authority('root'), authority('other root')]);
  valid = await validMaterial(root);
});

const check = (change: Partial<SuppliedKeyPair>) => checkKeyPair({ ...valid, ...change });
const problems = (change: Partial<SuppliedKeyPair>) => problemsOf({ ...valid, ...change });

describe('trusted CAs', () => {
  it('may be several', () => {
    expect(problems({ ca: otherRoot.certificate + root.certificate })).toEqual([]);
  });

  it('have to be in PEM', () => {
    expect(problems({ ca: 'root' })).toEqual([
      'the list of trusted CAs has no certificate in PEM: supply those that issue the certificates of peers',
    ]);
  });

  it('may contain the certificate itself', async () => {
    const own = await selfSigned({ subject: 'CN=own' });
    expect(problems({ ...own })).toEqual([]);
    expect(problems({ ...own, ca: root.certificate })).toEqual([
      'CN=own is self-signed and not one of the trusted CAs (CN=root): add it to them, or supply a certificate that one of them issued',
    ]);
  });

  it('have to contain the issuer, or its certificate has to follow', () => {
    expect(problems({ ca: otherRoot.certificate })).toEqual([
      'CN=broker is issued by CN=root, whose certificate is missing: append it to the certificate if it is an intermediate CA, or add it to the trusted CAs (CN=other root) if it is a root',
    ]);
  });

  it('have to contain a root that is supplied with the certificate', () => {
    expect(problems({ certificate: valid.certificate + root.certificate, ca: otherRoot.certificate })).toEqual([
      'CN=broker is issued by the root CN=root, which is not one of the trusted CAs (CN=other root): add it to them, or supply a certificate that one of them issued',
    ]);
  });

  it('have to have signed it: one with the same name is not enough', async () => {
    const { certificate } = await authority('root');
    expect(problems({ ca: certificate })).toEqual([
      'CN=broker names CN=root as its issuer, but the certificate of CN=root that is supplied did not sign it or is not a CA certificate: supply that of the CA which signed it',
    ]);
  });

  it('have not signed what only has their names and key identifiers', async () => {
    const [caKeys, otherKeys, keys] = await Promise.all([newKeys('ec'), newKeys('ec'), newKeys('ec')]);
    const ca = await customCertificate({ subject: 'CN=ca', keys: caKeys, extensions: [CA] });
    const material = { key: pkcs8(keyObject(keys)), ca, now: new Date() };
    const signedBy = (signer: typeof keys) =>
      customCertificate({ subject: 'CN=leaf', keys, issuer: { subject: 'CN=ca', keys: signer } });
    expect(problems({ ...material, certificate: await signedBy(caKeys) })).toEqual([]);
    expect(problems({ ...material, certificate: await signedBy(otherKeys) })).toEqual([
      expect.stringContaining('did not sign it'),
    ]);
  });

  it('have not issued what names another issuer, even if their key signed it', async () => {
    const [caKeys, keys] = await Promise.all([newKeys('ec'), newKeys('ec')]);
    const issuer = { subject: 'CN=ca', keys: caKeys };
    const certificate = await customCertificate({ subject: 'CN=leaf', keys, issuer });
    const ca = await customCertificate({ subject: 'CN=renamed', keys: caKeys, extensions: [CA] });
    expect(problems({ key: pkcs8(keyObject(keys)), certificate, ca, now: new Date() })).toEqual([
      expect.stringContaining('CN=leaf is issued by CN=ca, whose certificate is missing'),
    ]);
  });

  it('may have the name of a certificate that they issue', async () => {
    const leaf = await issue(root, { commonName: 'root' });
    expect(problems(leaf)).toEqual([]);
    expect(problems({ ...leaf, ca: otherRoot.certificate })).toEqual([
      expect.stringContaining('CN=root is issued by CN=root, whose certificate is missing'),
    ]);
  });
});

describe('a chain', () => {
  it('leads over intermediate CAs in any order, and ends before the root', async () => {
    const upper = await authority('upper', { parent: root });
    const lower = await authority('lower', { parent: upper });
    const leaf = await issue(lower);
    const chain = leaf.certificate + lower.certificate + upper.certificate;
    const orders = [chain, upper.certificate + leaf.certificate + lower.certificate, chain + root.certificate + chain];
    for (const certificate of orders) {
      expect(check({ ...leaf, certificate })).toEqual({ valid: true, key: leaf.key, chain });
    }
    expect(problems({ ...leaf, certificate: leaf.certificate + lower.certificate })).toEqual([
      expect.stringContaining('CN=lower is issued by CN=upper, whose certificate is missing'),
    ]);
    expect(problems({ ...leaf, certificate: leaf.certificate + upper.certificate })).toEqual([
      expect.stringContaining('CN=broker is issued by CN=lower, whose certificate is missing'),
    ]);
  });

  it('has no certificates that do not lead to the trusted CA', () => {
    expect(check({ certificate: valid.certificate + otherRoot.certificate })).toMatchObject({
      chain: valid.certificate,
    });
  });

  it('has an intermediate CA that is trusted itself, for clients that trust its root only', async () => {
    const intermediate = await authority('intermediate', { parent: root });
    const leaf = await issue(intermediate);
    const chain = leaf.certificate + intermediate.certificate;
    expect(check({ ...leaf, certificate: chain, ca: intermediate.certificate })).toMatchObject({ chain });
    expect(check({ ...leaf, ca: intermediate.certificate })).toMatchObject({ chain: leaf.certificate });
  });

  it('leads over that certificate of a cross-signed CA whose issuer is trusted', async () => {
    const [keys, caKeys, oneKeys, otherKeys] = await Promise.all([
      newKeys('ec'),
      newKeys('ec'),
      newKeys('ec'),
      newKeys('ec'),
    ]);
    const [one, other] = [
      { subject: 'CN=one', keys: oneKeys, extensions: [CA] },
      { subject: 'CN=other', keys: otherKeys, extensions: [CA] },
    ];
    const ca = { subject: 'CN=ca', keys: caKeys, extensions: [CA] };
    const certificate = await customCertificate({ subject: 'CN=leaf', keys, issuer: ca });
    const byOne = await customCertificate({ ...ca, issuer: one });
    const byOther = await customCertificate({ ...ca, issuer: other });
    const key = pkcs8(keyObject(keys));
    for (const [issuer, way] of [
      [one, byOne],
      [other, byOther],
    ] as const) {
      const material = { key, certificate: certificate + byOne + byOther, ca: await customCertificate(issuer) };
      expect(check({ ...material, now: new Date() })).toMatchObject({ chain: `${certificate}\n${way}\n` });
    }
  });

  it('does not lead over a certificate that is not of a CA', async () => {
    const [upperKeys, lowerKeys, keys] = await Promise.all([newKeys('ec'), newKeys('ec'), newKeys('ec')]);
    const upper = { subject: 'CN=upper', keys: upperKeys, extensions: [CA] };
    const lower = { subject: 'CN=lower', keys: lowerKeys, issuer: upper };
    const leaf = await customCertificate({ subject: 'CN=leaf', keys, issuer: lower });
    const material = { key: pkcs8(keyObject(keys)), ca: await customCertificate(upper), now: new Date() };
    const withLower = async (extensions: readonly x509.Extension[]) =>
      problems({ ...material, certificate: leaf + (await customCertificate({ ...lower, extensions })) });
    expect(await withLower([CA])).toEqual([]);
    expect(await withLower([])).toEqual([
      expect.stringContaining(
        'CN=leaf names CN=lower as its issuer, but the certificate of CN=lower that is supplied did not sign it or is not a CA certificate',
      ),
    ]);
  });
});
