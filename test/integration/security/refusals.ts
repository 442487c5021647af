import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Authority } from '../../../src/certificates/authority';
import { issueCertificate } from '../../../src/certificates/issue';
import type { ServerConnection } from '../../../src/protocol/connection';
import { DESCRIBE_QUORUM } from '../../../src/protocol/describe-quorum';
import { askServer } from '../../../src/protocol/request';
import { broker, directory } from './broker';

describe('what is refused', () => {
  /** A refusal is told at once, and not by a time limit. */
  const REFUSED_MS = 5_000;

  const nodeAt = (listener: 'client' | 'replication' | 'controller'): string => {
    const [node] = broker.cluster.layout.nodes;
    if (node === undefined) throw new Error('there is no node');
    return `${node.host}:${node.ports[listener]}`;
  };

  type Access = Pick<ServerConnection, 'tls' | 'sasl' | 'route'>;

  async function refusal(at: string, access: Access): Promise<string> {
    const started = performance.now();
    const outcome = await askServer({ server: at, clientId: 'test', ...access }, DESCRIBE_QUORUM).then(
      () => 'it is let in',
      (error: unknown) => (error as Error).message,
    );
    expect(performance.now() - started).toBeLessThan(REFUSED_MS);
    return outcome;
  }

  const authority = (name: 'cluster-ca' | 'clients-ca'): Authority => ({
    certificate: readFileSync(join(directory, 'tls', `${name}.pem`), 'utf8'),
    key: readFileSync(join(directory, 'tls', `${name}.key`), 'utf8'),
  });

  const trusting = (name: 'cluster-ca' | 'clients-ca') => ({ ca: { file: join(directory, 'tls', `${name}.pem`) } });

  /** The key and certificate of a client. */
  async function certificate(
    issuer: Authority,
    { commonName = 'kafka-admin', now = new Date() } = {},
  ): Promise<string> {
    const { key, certificate: own } = await issueCertificate(issuer, { commonName, names: [], validDays: 1, now });
    return `${key}\n${own}`;
  }

  const WEEK_MS = 7 * 24 * 60 * 60_000;

  describe.each(['replication', 'controller'] as const)('by the listener %s', (listener) => {
    const of = (client?: string): Access => ({
      tls: { ...trusting('cluster-ca'), ...(client !== undefined && { certificate: () => client }) },
    });
    const CASES: Readonly<Record<string, readonly [() => Promise<Access> | Access, RegExp]>> = {
      'a client without TLS': [() => ({}), /one that expects TLS/],
      'a client without a certificate': [
        () => of(),
        /it refuses the certificate of this client, or that there is none/,
      ],
      'a certificate of another authority': [
        async () => of(await certificate(await createAuthority({ commonName: 'stranger', validDays: 1 }))),
        /it does not trust the certificate of this client/,
      ],
      'a certificate of the authority for clients': [
        async () => of(await certificate(authority('clients-ca'))),
        /it does not trust the certificate of this client/,
      ],
      'a certificate that has expired': [
        async () => of(await certificate(authority('cluster-ca'), { now: new Date(Date.now() - WEEK_MS) })),
        /it does not trust the certificate of this client/,
      ],
      'a certificate of the right authority that is none of a node or an administrator': [
        async () => of(await certificate(authority('cluster-ca'), { commonName: 'kafka-stranger' })),
        /CLUSTER_AUTHORIZATION_FAILED/,
      ],
    };
    it.each(Object.entries(CASES))('%s', async (_, [access, told]) => {
      expect(await refusal(nodeAt(listener), await access())).toMatch(told);
    });

    it('and not the certificate of an administrator', async () => {
      expect(await refusal(nodeAt(listener), of(await certificate(authority('cluster-ca'))))).toBe('it is let in');
    });
  });

  describe('by the listener of clients', () => {
    const tls = trusting('clients-ca');
    const login = (username: string, password: string): Access => ({
      tls,
      sasl: { mechanism: 'scram-sha-512', username, password: () => password },
    });
    const CASES: Readonly<Record<string, readonly [() => Promise<Access> | Access, RegExp]>> = {
      'a client without TLS': [() => ({}), /one that expects TLS/],
      'a client that does not log in': [() => ({ tls }), /closed before the response/],
      'an administrator that does not log in': [
        async () => ({ tls: { ...tls, certificate: await certificateSource() } }),
        /closed before the response/,
      ],
      'a wrong password': [() => login('viewer', 'wrong'), /refuses the login of viewer: .*invalid credentials/],
      'an unknown user': [() => login('stranger', 'wrong'), /refuses the login of stranger: .*invalid credentials/],
    };
    const certificateSource = async () => {
      const own = await certificate(authority('cluster-ca'));
      return () => own;
    };
    it.each(Object.entries(CASES))('%s', async (_, [access, told]) => {
      expect(await refusal(nodeAt('client'), await access())).toMatch(told);
    });
  });

  describe('by a client', () => {
    it.each(['client', 'replication', 'controller'] as const)('a server of another name, at %s', async (listener) => {
      const at = nodeAt(listener);
      const tls = trusting(listener === 'client' ? 'clients-ca' : 'cluster-ca');
      const elsewhere = at.replace('127.0.0.1', 'kafka.example');
      expect(await refusal(elsewhere, { tls, route: () => Promise.resolve(at) })).toMatch(
        /Host: kafka\.example\. is not in the cert's altnames/,
      );
    });

    it.each(['client', 'replication', 'controller'] as const)(
      'a server of another authority, at %s',
      async (listener) => {
        const tls = trusting(listener === 'client' ? 'cluster-ca' : 'clients-ca');
        expect(await refusal(nodeAt(listener), { tls })).toMatch(/unable to verify|self.signed|unable to get/);
      },
    );
  });
});
