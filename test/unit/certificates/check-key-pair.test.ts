import type { Authority } from '../../../src/certificates/authority';
import type { SuppliedKeyPair } from '../../../src/certificates/check-key-pair';
import { x509 } from './custom-certificate';
import { after, authority, issue, problemsOf, selfSigned, validMaterial } from './supplied-material';

let root: Authority;
let otherRoot: Authority;
let valid: SuppliedKeyPair;

beforeAll(async () => {
  [root, otherRoot] = await Promise.all([authority('root'), authority('other root')]);
  valid = await validMaterial(root);
});

const problems = (change: Partial<SuppliedKeyPair>) => problemsOf({ ...valid, ...change });

describe('the certificate', () => {
  it.each([
    ['nothing', () => '', 'no certificate in PEM: supply that of the key'],
    ['a key', () => valid.key, 'no certificate in PEM but PRIVATE KEY: supply that of the key'],
  ])('is missing from %s', (_what, certificate, problem) => {
    expect(problems({ certificate: certificate() })).toEqual([
      expect.stringContaining(`the certificate has ${problem}`),
    ]);
  });

  it('that is cut off cannot be read, wherever it is', async () => {
    const cutOff = valid.certificate.replace(/\n.{20}/, '\n');
    const cannotBeRead = (number: number) =>
      `the certificate has as number ${number} a certificate that cannot be read: supply all of it, as issued`;
    expect(problems({ certificate: cutOff })).toEqual([cannotBeRead(1)]);
    const leaf = await issue(await authority('intermediate', { parent: root }));
    expect(problems({ ...leaf, certificate: leaf.certificate + cutOff })).toEqual([cannotBeRead(2)]);
  });

  it('has a subject, or is named by its serial number', async () => {
    const own = await selfSigned({ subject: '' });
    expect(problems({ ...own, now: after(9_999) })).toEqual([
      expect.stringMatching(/^the certificate with serial number [0-9A-F]+ expired at/),
    ]);
  });
});

describe('the time', () => {
  it('is within the validity, of which both ends are part', () => {
    expect(problems({ now: after(10) })).toEqual([]);
    expect(problems({ now: new Date(after(10).getTime() + 1) })).toEqual([
      'CN=broker expired at 2026-03-11T12:00:00.000Z: have it renewed',
    ]);
    const from = new Date('2026-03-01T11:55:00Z');
    expect(problems({ now: from })).toEqual([]);
    expect(problems({ now: new Date(from.getTime() - 1) })).toEqual([
      'CN=broker is not valid before 2026-03-01T11:55:00.000Z: supply one that is, or set the clock',
      'CN=root is not valid before 2026-03-01T11:55:00.000Z: supply one that is, or set the clock',
    ]);
  });

  it('is within the validity of each CA on the path, and only of these', async () => {
    const intermediate = await authority('intermediate', { parent: root, validDays: 5 });
    const leaf = await issue(intermediate);
    const certificate = leaf.certificate + intermediate.certificate;
    expect(problems({ ...leaf, certificate, now: after(6) })).toEqual([
      'CN=broker expired at 2026-03-06T12:00:00.000Z: have it renewed',
      'CN=intermediate expired at 2026-03-06T12:00:00.000Z: have it renewed',
    ]);
    expect(problems({ ...leaf, certificate, now: after(21) })).toContain(
      'CN=root expired at 2026-03-21T12:00:00.000Z: have it renewed',
    );
    const { certificate: old } = await authority('old', { validDays: 1 });
    expect(problems({ certificate: valid.certificate + old, ca: root.certificate + old, now: after(2) })).toEqual([]);
  });

  it('is a problem once of a certificate that is supplied and trusted', async () => {
    const own = await selfSigned({ subject: 'CN=own' });
    expect(problems({ ...own, now: after(9_999) })).toHaveLength(1);
  });
});

describe('usages', () => {
  it('have to be extended key usages of the certificate', async () => {
    const [server, client] = await Promise.all([
      issue(root, { usages: ['server'] }),
      issue(root, { usages: ['client'] }),
    ]);
    expect(problems({ ...server, usages: ['server'] })).toEqual([]);
    expect(problems(server)).toEqual([
      'CN=broker lacks the extended key usage clientAuth: have it issued with clientAuth beside serverAuth',
    ]);
    expect(problems({ ...client, usages: ['client'] })).toEqual([]);
    expect(problems(client)).toEqual([
      'CN=broker lacks the extended key usage serverAuth: have it issued with serverAuth beside clientAuth',
    ]);
  });

  it.each([
    ['unknown to this check', '1.3.6.1.5.5.7.3.3', 2],
    ['that is any', '2.5.29.37.0', 0],
  ])('with one %s', async (_what, oid, count) => {
    const extensions = [new x509.ExtendedKeyUsageExtension([oid])];
    const own = await selfSigned({ subject: 'CN=own', extensions });
    const found = problems({ ...own });
    expect(found).toHaveLength(count);
    expect(found.filter((each) => !each.endsWith(`beside ${oid}`))).toEqual([]);
  });
});

describe('names', () => {
  const NAMES = ['a.kafka.svc', '*.pods.kafka.svc', '10.0.0.1', '::1'];

  it.each([
    ['a.kafka.svc', true],
    ['A.kafka.svc', true],
    ['b.kafka.svc', false],
    ['x.pods.kafka.svc', true],
    ['y.x.pods.kafka.svc', false],
    ['pods.kafka.svc', false],
    ['10.0.0.1', true],
    ['10.0.0.2', false],
    ['::1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::2', false],
    ['broker', false],
  ])('%s is covered: %s', async (name, isCovered) => {
    const found = problems({ ...(await issue(root, { names: NAMES })), names: [name] });
    expect(found).toEqual(
      isCovered
        ? []
        : [
            `the subject alternative names of CN=broker (DNS:a.kafka.svc, DNS:*.pods.kafka.svc, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1) do not cover ${name}: have it issued with these, too`,
          ],
    );
  });

  it('that are not covered are listed, also where the certificate has none', async () => {
    const leaf = await issue(root, { names: [] });
    expect(problems({ ...leaf, names: ['a', 'b', '::1'] })).toEqual([
      'the subject alternative names of CN=broker (none) do not cover a, b, ::1: have it issued with these, too',
    ]);
    expect(problems(leaf)).toEqual([]);
  });
});

it('all problems are reported at once', async () => {
  const leaf = await issue(root, { usages: ['client'] });
  const material = { certificate: leaf.certificate, ca: otherRoot.certificate, names: ['x'], now: after(11) };
  const texts = ['another certificate', 'missing', 'expired', 'serverAuth', 'do not cover x'];
  expect(problems(material)).toEqual(texts.map((text) => expect.stringContaining(text) as string));
  expect(problems({ ...material, key: '' })).toEqual(
    ['no private key', ...texts.slice(1)].map((text) => expect.stringContaining(text) as string),
  );
  expect(problems({ ...material, key: '', certificate: '', ca: '' })).toHaveLength(3);
});
