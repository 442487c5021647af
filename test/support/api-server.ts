import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../src/validation/message-of';
import { freePort } from '../../tools/support/free-port';
import { until } from './until';

/** Programs of Kubernetes that the server needs; they may be missing on a machine. */
const PROGRAMS = ['etcd', 'kube-apiserver', 'kubectl'] as const;

/** For one answer. */
const READY_MS = 20_000;

export const hasApiServer = PROGRAMS.every((program) => spawnSync('which', [program]).status === 0);

/** An API server without controllers and nodes: it validates, defaults and stores objects, but nothing runs. */
export interface ApiServer {
  /** Path of its kubeconfig file. */
  readonly kubeconfig: string;
  stop(): void;
}

/** Starts an API server and its etcd; both end with this process. */
export async function startApiServer(): Promise<ApiServer> {
  const directory = mkdtempSync(join(tmpdir(), 'api-server-'));
  const token = randomUUID();
  writeFileSync(join(directory, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`);
  const port = await freePort();
  const processes = [
    start('etcd', etcdArguments(), directory),
    start('kube-apiserver', serverArguments(port), directory),
  ];
  const kubeconfig = join(directory, 'kubeconfig');
  const stop = (): void => {
    for (const child of processes) child.kill('SIGKILL');
    process.off('exit', stop);
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', stop);
  try {
    const certificate = join(directory, 'certs/apiserver.crt');
    const ready = ['--kubeconfig', kubeconfig, 'get', '--raw', '/readyz'];
    let refusal = '';
    const isReady = async (): Promise<boolean> => {
      if (!existsSync(certificate)) return false;
      // Each time anew: a certificate that is still being written would be kept.
      writeFileSync(kubeconfig, kubeconfigText({ port, token, certificate }));
      // Not by spawnSync: while it blocks, the server's log is not read, and a full pipe blocks the server.
      refusal = await refusalOf('kubectl', ready);
      return refusal === '';
    };
    await until(isReady, { otherwise: () => `${refusal}\n${said(processes)}` });
  } catch (error) {
    stop();
    throw error;
  }
  return { kubeconfig, stop };
}

/** Why a program fails; empty when it does not. */
const refusalOf = (program: string, args: readonly string[]): Promise<string> =>
  promisify(execFile)(program, args, { timeout: READY_MS }).then(() => '', messageOf);

const output = new WeakMap<ChildProcess, string>();

const said = (processes: readonly ChildProcess[]): string =>
  processes.map((child) => (output.get(child) ?? '').slice(-2_000)).join('\n');

function start(program: string, args: readonly string[], cwd: string): ChildProcess {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (part: Buffer) => output.set(child, (output.get(child) ?? '') + part.toString()));
  return child;
}

// Relative socket paths, because absolute ones may be too long.
const etcdArguments = (): readonly string[] => [
  '--data-dir=etcd',
  '--unsafe-no-fsync',
  '--log-level=warn',
  '--listen-client-urls=unix://etcd.sock',
  '--advertise-client-urls=http://localhost:2379',
  '--listen-peer-urls=unix://peer.sock',
  '--initial-advertise-peer-urls=http://localhost:2380',
];

const serverArguments = (port: number): readonly string[] => [
  '--etcd-servers=unix://etcd.sock',
  '--bind-address=127.0.0.1',
  `--secure-port=${port}`,
  '--advertise-address=127.0.0.1',
  '--endpoint-reconciler-type=none',
  '--service-cluster-ip-range=10.96.0.0/16',
  '--cert-dir=certs',
  '--token-auth-file=tokens.csv',
  '--authorization-mode=RBAC',
  '--service-account-issuer=https://kubernetes.default.svc',
  '--service-account-key-file=certs/apiserver.key',
  '--service-account-signing-key-file=certs/apiserver.key',
  '--disable-admission-plugins=ServiceAccount',
];

interface Access {
  readonly port: number;
  readonly token: string;
  readonly certificate: string;
}

const kubeconfigText = ({ port, token, certificate }: Access): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': readFileSync(certificate).toString('base64'),
        },
      },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
