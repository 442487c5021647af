import type { KeyObject } from 'node:crypto';
import { createAuthority, type Authority } from '../../../src/certificates/authority';
import { checkKeyPair, type SuppliedKeyPair } from '../../../src/certificates/check-key-pair';
import { issueCertificate } from '../../../src/certificates/issue';
import type { KeyPair } from '../../../src/certificates/key-pair';
import { days } from '../../../src/validation/units';
import { customCertificate, keyObject, newKeys } from './custom-certificate';

/** The time at which authorities and certificates are made. */
const NOW = new Date('2026-03-01T12:00:00Z');

/** @param count days */
export const after = (count: number): Date => new Date(NOW.getTime() + days(count));

/** Valid for 20 days. */
export const authority = (commonName: string, change: { parent?: Authority; validDays?: number } = {}) =>
  createAuthority({ commonName, validDays: 20, now: NOW, ...change });

/** Valid for 10 days. */
export const issue = (by: Authority, change: Partial<Parameters<typeof issueCertificate>[1]> = {}): Promise<KeyPair> =>
  issueCertificate(by, { commonName: 'broker', names: ['a.kafka.svc'], validDays: 10, now: NOW, ...change });

/** A certificate that the root has issued, for both usages. */
export const validMaterial = async (root: Authority): Promise<SuppliedKeyPair> => ({
  ...(await issue(root)),
  ca: root.certificate,
  usages: ['server', 'client'],
  now: NOW,
});

/** Empty for what is valid. */
export function problemsOf(material: SuppliedKeyPair): readonly string[] {
  const result = checkKeyPair(material);
  return result.valid ? [] : result.problems;
}

export const pkcs8 = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();

/** A certificate that is trusted itself, with its key. */
export async function selfSigned(props: Omit<Parameters<typeof customCertificate>[0], 'keys'>) {
  const keys = await newKeys('ec');
  const certificate = await customCertificate({ ...props, keys });
  return { key: pkcs8(keyObject(keys)), certificate, ca: certificate, now: new Date() };
}
