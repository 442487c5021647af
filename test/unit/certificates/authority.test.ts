import { X509Certificate } from 'node:crypto';
import { createAuthority } from '../../../src/certificates/authority';
import { issueCertificate } from '../../../src/certificates/issue';
import { days, minutes } from '../../../src/validation/units';
import { x509 } from './custom-certificate';

const NOW = new Date('2026-03-01T12:00:00.700Z');
const create = (commonName = 'ca') => createAuthority({ commonName, validDays: 10, now: NOW });

it('an authority is a CA that is signed by its own key', async () => {
  const { certificate } = await create('Example CA');
  const ca = new X509Certificate(certificate);
  expect(ca).toMatchObject({ ca: true, subject: 'CN=Example CA', issuer: 'CN=Example CA' });
  expect(ca.checkIssued(ca) && ca.verify(ca.publicKey)).toBe(true);
});

it('an authority may sign certificates and lists of revoked ones, and nothing else', async () => {
  const { certificate } = await create();
  expect(new x509.X509Certificate(certificate).getExtension(x509.KeyUsagesExtension)).toMatchObject({
    usages: x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
    critical: true,
  });
});

it('each authority has a key of its own, as PKCS#8, also with the same name', async () => {
  const [one, other] = [await create(), await create()];
  expect(one.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(one.key).not.toBe(other.key);
});

it('an authority is valid from 5 minutes before now, in whole seconds', async () => {
  const { validFrom, validTo } = new X509Certificate((await create()).certificate);
  expect(new Date(validFrom)).toEqual(new Date(NOW.getTime() - minutes(5) - 700));
  expect(new Date(validTo)).toEqual(new Date(NOW.getTime() + days(10) - 700));
});

it('an authority may be valid beyond 2049, from when on certificates have another format of time', async () => {
  const { certificate } = await createAuthority({ commonName: 'ca', validDays: 36_500, now: NOW });
  expect(new Date(new X509Certificate(certificate).validTo)).toEqual(new Date('2126-02-05T12:00:00Z'));
});

it('an intermediate CA is signed by its parent and may sign certificates', async () => {
  const root = await create('root');
  const intermediate = await createAuthority({ commonName: 'intermediate', validDays: 99, now: NOW, parent: root });
  const { certificate } = await issueCertificate(intermediate, {
    commonName: 'leaf',
    names: [],
    validDays: 1,
    now: NOW,
  });
  const [top, middle, leaf] = [root.certificate, intermediate.certificate, certificate].map(
    (pem) => new X509Certificate(pem),
  );
  expect(middle).toMatchObject({ ca: true, issuer: 'CN=root', validTo: top?.validTo });
  expect(top && middle?.checkIssued(top) && middle.verify(top.publicKey)).toBe(true);
  expect(middle && leaf?.checkIssued(middle) && leaf.verify(middle.publicKey)).toBe(true);
});
