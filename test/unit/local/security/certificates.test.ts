import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localLayout } from '../../../../src/components/kafka-cluster/local-layout';
import { prepareCertificates } from '../../../../src/local/security/certificates';
import { localTlsFiles } from '../../../../src/local/security/tls-files';
import { parseConfig } from '../../../../src/platform/load';
import { withValues } from '../../../../tools/support/config';

const config = parseConfig(withValues({ 'security/mode': 'tls' }));

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'certificates-'));
});

afterEach(() => {
  rmSync(state, { recursive: true });
});

const directory = (): string => join(state, 'tls');
const layout = () =>
  localLayout(config, {
    ports: [0, 1, 2].map((id) => [id, id, id, id] as const),
    directory: (id) => join(state, `broker-${id}`),
  });
const prepare = (): Promise<void> =>
  prepareCertificates({ name: config.name, layout: layout(), directory: directory() });
const certificate = (...path: readonly string[]): X509Certificate =>
  new X509Certificate(readFileSync(join(state, ...path), 'utf8'));

describe('the certificates of a local platform', () => {
  it('name their nodes, by two authorities', async () => {
    await prepare();
    const [internal, clients] = [
      certificate('broker-1', 'tls', 'internal.pem'),
      certificate('broker-1', 'tls', 'clients.pem'),
    ];
    expect([internal.subject, internal.checkIP('127.0.0.1')]).toEqual(['CN=kafka-broker', '127.0.0.1']);
    const { clusterAuthority, clientsAuthority, admin } = localTlsFiles(directory());
    const [ofCluster, ofClients] = [clusterAuthority, clientsAuthority].map(
      (file) => new X509Certificate(readFileSync(file)),
    );
    if (ofCluster === undefined || ofClients === undefined) throw new Error('there are two');
    expect([internal.verify(ofCluster.publicKey), clients.verify(ofClients.publicKey)]).toEqual([true, true]);
    expect(internal.verify(ofClients.publicKey)).toBe(false);
    expect(new X509Certificate(readFileSync(admin)).subject).toBe('CN=kafka-admin');
  });

  it('are issued anew at each start, by the same authorities', async () => {
    await prepare();
    const before = [certificate('tls', 'cluster-ca.pem'), certificate('broker-0', 'tls', 'internal.pem')];
    await prepare();
    const after = [certificate('tls', 'cluster-ca.pem'), certificate('broker-0', 'tls', 'internal.pem')];
    expect(after.map(({ fingerprint256 }, index) => fingerprint256 === before[index]?.fingerprint256)).toEqual([
      true,
      false,
    ]);
  });

  it('are files that nobody else may read', async () => {
    await prepare();
    for (const folder of [directory(), join(state, 'broker-2', 'tls')]) {
      expect(statSync(folder).mode & 0o077).toBe(0);
      for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    }
  });
});
