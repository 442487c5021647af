import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../src/config/load';
import { readinessScript } from '../../../src/render/readiness-script';
import { startScript } from '../../../src/render/start-script';
import { validConfig } from '../../support/config';

const config = parseConfig(validConfig);
const POD = 'kafka-broker-1';

/** Runs the start script in a directory that stands in for the pod's. */
function start(meta: string | undefined, properties = true) {
  const directory = mkdtempSync(join(tmpdir(), 'start-script-'));
  const log = join(directory, 'log');
  mkdirSync(log);
  if (meta !== undefined) writeFileSync(join(log, 'meta.properties'), meta);
  if (properties) {
    const text = `node.id=1\nlog.dirs=${log}\ncontroller.quorum.voters=0@localhost:1,1@localhost:2,2@localhost:3\n`;
    writeFileSync(join(directory, `${POD}.properties`), text);
  }
  const script = startScript(config, { config: directory, scratch: directory, metricsReporter: directory });
  return spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, HOSTNAME: POD } });
}

describe('the start script', () => {
  it('refuses the volume of another cluster, and names both', () => {
    const { status, stderr } = start('cluster.id=AnotherClustersIdABCDg\nnode.id=1\n');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /volume belongs to cluster 'AnotherClustersIdABCDg' and this is cluster 'q1Sh-9_ISia_zwGINzRvyQ'/,
    );
  });

  it('refuses the volume of another node, and names both', () => {
    const { status, stderr } = start(`cluster.id=${config.brokers.quorum.clusterId}\nnode.id=2\n`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/volume belongs to node '2' and this is node '1'/);
  });

  it('refuses to run as a pod without a properties file', () => {
    const { status, stderr } = start(undefined, false);
    expect(status).toBe(1);
    expect(stderr).toMatch(/kafka-broker-1\.properties does not exist/);
  });

  it('goes on to format a volume of its own', () => {
    const { status, stderr } = start(`cluster.id=${config.brokers.quorum.clusterId}\nnode.id=1\n`);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/kafka-storage\.sh/);
    expect(stderr).not.toMatch(/refusing/);
  });
});

describe('the readiness script', () => {
  it('fails when nothing listens', () => {
    const directory = mkdtempSync(join(tmpdir(), 'readiness-'));
    const properties = join(directory, 'broker.properties');
    writeFileSync(properties, 'node.id=1\nlisteners=CLIENT://127.0.0.1:1,CONTROLLER://127.0.0.1:2\n');
    const { status, stdout } = spawnSync('bash', ['-c', readinessScript({ config: directory })], {
      encoding: 'utf8',
      env: { ...process.env, BROKER_PROPERTIES: properties },
    });
    expect(status).toBe(1);
    expect(stdout).toBe('not ready: nothing listens on port 1\n');
  });
});
