import { createHash, X509Certificate } from 'node:crypto';
import { createAuthority } from '../../../src/certificates/authority';
import { describeCertificate } from '../../../src/certificates/fingerprint';
import { issueCertificate } from '../../../src/certificates/issue';
import { customCertificate, newKeys, x509 } from './custom-certificate';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('the description of a certificate', () => {
  it('has subject, issuer, names and the end of its validity', async () => {
    const authority = await createAuthority({ commonName: 'Example CA', validDays: 10, now: NOW });
    const names = ['kafka-0.kafka.svc', '*.kafka.svc', '10.0.0.1', '2001:db8::1'];
    const { certificate } = await issueCertificate(authority, { commonName: 'broker', names, validDays: 2, now: NOW });
    expect(describeCertificate(`# bundle\n${certificate}${authority.certificate}`)).toMatchObject({
      subject: 'CN=broker',
      issuer: 'CN=Example CA',
      expires: new Date('2026-03-03T12:00:00Z'),
      names,
    });
    expect(describeCertificate(authority.certificate)).toMatchObject({ subject: 'CN=Example CA', names: [] });
  });

  it('has the SHA-256 of the certificate as its fingerprint', async () => {
    const { certificate } = await createAuthority({ commonName: 'ca', validDays: 1 });
    const hash = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex').toUpperCase();
    expect(describeCertificate(certificate).fingerprint.replaceAll(':', '')).toBe(hash);
  });

  it('has the subject in the order of RFC 2253, as principals of Kafka have it', async () => {
    const certificate = await customCertificate({
      subject: 'C=DE, O="Example, Inc", CN=kafka',
      keys: await newKeys('ec'),
    });
    expect(describeCertificate(certificate).subject).toBe('CN=kafka,O=Example\\, Inc,C=DE');
  });

  it('has DNS names and IP addresses only, and none from within another value', async () => {
    const names = new x509.SubjectAlternativeNameExtension([
      { type: 'url', value: 'spiffe://a, DNS:b' },
      { type: 'dns', value: 'a, DNS:"c' },
      { type: 'email', value: 'd@e' },
      { type: 'dns', value: 'f' },
    ]);
    const certificate = await customCertificate({ subject: '', keys: await newKeys('ec'), extensions: [names] });
    expect(describeCertificate(certificate)).toMatchObject({ subject: '', names: ['a, DNS:"c', 'f'] });
  });
});
