import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createAuthority, type Authority } from '../../../src/certificates/authority';
import { issueCertificate } from '../../../src/certificates/issue';
import { days, minutes } from '../../../src/validation/units';
import { x509 } from './custom-certificate';

const NOW = new Date('2026-03-01T12:00:00Z');
const BROKER = { commonName: 'kafka-broker', names: ['kafka-0.kafka.svc', '*.kafka.svc', '10.0.0.1', '::1'], now: NOW };

let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority({ commonName: 'Example CA', validDays: 10, now: NOW });
});

const issue = (change: Partial<Parameters<typeof issueCertificate>[1]> = {}) =>
  issueCertificate(authority, { ...BROKER, validDays: 5, ...change });
const issued = async (change = {}) => new X509Certificate((await issue(change)).certificate);

describe('an issued certificate', () => {
  it('is signed by the authority', async () => {
    const [leaf, ca] = [await issued(), new X509Certificate(authority.certificate)];
    expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.issuer).toBe('CN=Example CA');
  });

  it('is that of the key, which is PKCS#8', async () => {
    const [one, other] = [await issue(), await issue()];
    expect(one.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(new X509Certificate(one.certificate).checkPrivateKey(createPrivateKey(one.key))).toBe(true);
    expect(new X509Certificate(one.certificate).checkPrivateKey(createPrivateKey(other.key))).toBe(false);
  });

  it.each(['kafka-broker', 'User, O=Other', 'a+b="c"\\d', '#0500', 'Zoë'])(
    'has the common name %s as the whole subject',
    async (commonName) => {
      const { certificate } = await issue({ commonName });
      const name = new x509.X509Certificate(certificate).subjectName;
      expect(name.toJSON()).toEqual([{ CN: [commonName] }]);
    },
  );

  it('has DNS names and IP addresses as subject alternative names', async () => {
    expect((await issued()).subjectAltName).toBe(
      'DNS:kafka-0.kafka.svc, DNS:*.kafka.svc, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    expect((await issued({ names: [] })).subjectAltName).toBeUndefined();
  });

  it.each([
    ['both sides of a connection by default', {}, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']],
    ['servers alone', { usages: ['server'] }, ['1.3.6.1.5.5.7.3.1']],
    ['clients alone', { usages: ['client'] }, ['1.3.6.1.5.5.7.3.2']],
  ])('is for %s', async (_sides, change, usages) => {
    expect((await issued(change)).keyUsage).toEqual(usages);
  });

  it('cannot sign other certificates', async () => {
    const { certificate } = await issue();
    const parsed = new x509.X509Certificate(certificate);
    expect(parsed.getExtension(x509.BasicConstraintsExtension)).toMatchObject({ ca: false, critical: true });
    expect(parsed.getExtension(x509.KeyUsagesExtension)).toMatchObject({
      usages: x509.KeyUsageFlags.digitalSignature,
    });
  });

  it('has identifiers of its key and of that of the authority', async () => {
    const [leaf, ca] = [
      new x509.X509Certificate((await issue()).certificate),
      new x509.X509Certificate(authority.certificate),
    ];
    const [own, caKey] = [leaf, ca].map((each) => each.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId);
    expect(own).toMatch(/^[0-9a-f]{40}$/);
    expect(own).not.toBe(caKey);
    expect(leaf.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId).toBe(caKey);
  });

  it('has a random serial number of 16 bytes that is positive and begins with no zero', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, async () => (await issued()).serialNumber));
    expect(new Set(numbers).size).toBe(12);
    expect(numbers.filter((number) => !/^[4-7][0-9A-F]{31}$/.test(number))).toEqual([]);
  });

  it('is valid from 5 minutes before now, and not longer than the authority', async () => {
    const leaf = await issued();
    expect(new Date(leaf.validFrom)).toEqual(new Date(NOW.getTime() - minutes(5)));
    expect(new Date(leaf.validTo)).toEqual(new Date(NOW.getTime() + days(5)));
    expect(new Date((await issued({ validDays: 11 })).validTo)).toEqual(new Date(NOW.getTime() + days(10)));
  });
});

it('an authority that has expired issues nothing', async () => {
  const now = new Date(NOW.getTime() + days(10));
  await expect(issue({ now })).rejects.toThrow(
    'the authority CN=Example CA expired at 2026-03-11T12:00:00.000Z\n  fix: create a new authority',
  );
  await expect(issue({ now: new Date(now.getTime() - 1_000) })).resolves.toBeDefined();
});
