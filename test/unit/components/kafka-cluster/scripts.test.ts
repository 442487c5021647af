import { firstPool } from '../../../../tools/support/first-pool';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../../src/platform/load';
import { startScript } from '../../../../src/components/kafka-cluster/start-script';
import { validConfig, withValue } from '../../../../tools/support/config';

const config = parseConfig(validConfig);
const POD = 'kafka-broker-1';

const OWN_VOLUME = `cluster.id=${config.brokers.clusterId}\nnode.id=1\n`;

/** Runs the start script in a directory that stands in for the pod's. @param before shell commands */
function start(meta: string | undefined, properties = true, before = '', formedWith?: string) {
  const directory = mkdtempSync(join(tmpdir(), 'start-script-'));
  const log = join(directory, 'log');
  mkdirSync(log);
  writeFileSync(join(directory, 'metadata-version'), '4.3-IV0\n');
  if (meta !== undefined) writeFileSync(join(log, 'meta.properties'), meta);
  if (formedWith !== undefined) writeFileSync(join(directory, 'voters'), `${formedWith}\n`);
  if (properties) {
    const text = `node.id=1\nlog.dirs=${log}\ncontroller.quorum.voters=0@localhost:1,1@localhost:2,2@localhost:3\n`;
    writeFileSync(join(directory, `${POD}.properties`), text);
  }
  const script = startScript(parseConfig(withValue('brokers/maxMapCount', 2 ** 31 - 1)), firstPool(config.brokers), {
    config: directory,
    format: directory,
    scratch: directory,
    metricsReporter: directory,
  });
  return spawnSync('bash', ['-c', `${before}\n${script}`], {
    encoding: 'utf8',
    env: { ...process.env, HOSTNAME: POD },
  });
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
    const { status, stderr } = start(`cluster.id=${config.brokers.clusterId}\nnode.id=2\n`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/volume belongs to node '2' and this is node '1'/);
  });

  it('refuses other voters than those that the quorum was formed with, and takes the same', () => {
    const { status, stderr } = start(OWN_VOLUME, true, '', '0,1,2,3,4');
    expect(status).toBe(1);
    expect(stderr).toMatch(/formed with voters 0,1,2,3,4 and the configuration has 0,1,2;/);
    expect(start(OWN_VOLUME, true, '', '0,1,2').stderr).not.toMatch(/refusing/);
  });

  it('refuses to run as a pod without a properties file', () => {
    const { status, stderr } = start(undefined, false);
    expect(status).toBe(1);
    expect(stderr).toMatch(/kafka-broker-1\.properties does not exist/);
  });

  it('tells of a node that allows fewer maps and files than it may need, and goes on', () => {
    const { stdout, stderr } = start(OWN_VOLUME, true, 'ulimit -n 1024');
    expect(stdout).toMatch(/vm\.max_map_count of this node is \d+, and brokers\.maxMapCount reckons with 2147483647/);
    expect(stdout).toMatch(/at most 1024 files may be open here; Kafka wants 100000/);
    expect(stderr).toMatch(/kafka-storage\.sh/);
  });

  it('goes on to format a volume of its own', () => {
    const { status, stderr } = start(`cluster.id=${config.brokers.clusterId}\nnode.id=1\n`);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/kafka-storage\.sh/);
    expect(stderr).not.toMatch(/refusing/);
  });
});
