import { OWN_VOLUME, config, start, type Start } from '../../../support/start-script';

describe('the start script', () => {
  it('refuses the volume of another cluster, and names both', async () => {
    const { status, stderr } = await start({ meta: 'cluster.id=AnotherClustersIdABCDg\nnode.id=1\n' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /volume belongs to cluster 'AnotherClustersIdABCDg' and this is cluster 'q1Sh-9_ISia_zwGINzRvyQ'/,
    );
  });

  it('refuses the volume of another node, and names both', async () => {
    const { status, stderr } = await start({ meta: `cluster.id=${config.brokers.clusterId}\nnode.id=2\n` });
    expect(status).toBe(1);
    expect(stderr).toMatch(/volume belongs to node '2' and this is node '1'/);
  });

  it('refuses other controllers than those that the quorum was formed with, and takes the same', async () => {
    const { status, stderr } = await start({ meta: OWN_VOLUME, formedWith: '0,1,2,3,4' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/formed with controllers 0,1,2,3,4 and the configuration has 0,1,2;/);
    expect((await start({ meta: OWN_VOLUME, formedWith: '0,1,2' })).stderr).not.toMatch(/refusing/);
  });

  it('refuses the volume of a static quorum, and names the page that says what to do', async () => {
    const { status, stderr } = await start({
      meta: OWN_VOLUME,
      quorumState: '{"clusterId":"","leaderId":0,"leaderEpoch":2,"currentVoters":[{"voterId":0}],"data_version":0}',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/quorum of this volume is static .*docs\/guides\/migrate-a-static-quorum\.md/);
  });

  it('puts the id and the address of its pod in front of the properties of the pool', async () => {
    const { properties, ofPool } = await start({ meta: OWN_VOLUME });
    const host = 'kafka-broker-1.kafka-broker-headless.kafka.svc.cluster.local';
    expect(properties).toBe(
      [
        '# Broker 1 of kafka. Generated: change the configuration, not this file.',
        'node.id=1',
        `advertised.listeners=CLIENT://${host}:9092,CONTROLLER://${host}:9093,REPLICATION://${host}:9094`,
        ofPool,
      ].join('\n'),
    );
  });

  it('tells of a node that allows fewer maps and files than it may need, and goes on', async () => {
    const { stdout, stderr } = await start({ meta: OWN_VOLUME, before: 'ulimit -n 1024' });
    expect(stdout).toMatch(/vm\.max_map_count of this node is \d+, and brokers\.maxMapCount reckons with 2147483647/);
    expect(stdout).toMatch(/at most 1024 files may be open here; Kafka wants 100000/);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  it('starts the broker on a volume of its own without formatting it', async () => {
    const { stderr } = await start({ meta: OWN_VOLUME });
    expect(stderr).toMatch(/kafka-server-start\.sh/);
    expect(stderr).not.toMatch(/kafka-storage\.sh/);
  });

  it('does not format an empty volume before the guard says how, and says why it waits', async () => {
    const { stdout, stderr } = await start({ answers: ['wait: node 2 does not answer', 'initial'] });
    expect(stdout).toMatch(/the volume is empty and not formatted yet: node 2 does not answer\n/);
    expect(stdout).toMatch(/formatting the volume: --initial-controllers\n/);
    expect(stderr).toMatch(/kafka-storage\.sh/);
  });

  it('formats as the guard says', async () => {
    expect((await start({ answers: ['join'] })).stdout).toMatch(/formatting the volume: --no-initial-controllers\n/);
  });

  it('never formats on an answer that it does not know', async () => {
    const { stdout } = await start({ answers: ['something else', 'join'] });
    expect(stdout).toMatch(/not formatted yet: something else\n/);
  });
});

describe('the start script of a node whose metadata log has a volume of its own', () => {
  /** Tells its arguments, and writes what Kafka's own tool does. */
  const tools = [
    '/opt/kafka/bin/kafka-storage.sh() {',
    '  echo "kafka-storage.sh $*"',
    '  for directory in "$log_dir" "$metadata_dir"; do',
    '    [[ -e "$directory/meta.properties" ]] || { echo "formatted $(basename "$(dirname "$directory")")"; touch "$directory/meta.properties"; }',
    '  done',
    '}',
  ].join('\n');
  const formatted = (stdout: string): readonly string[] =>
    [...stdout.matchAll(/^formatted (.*)$/gm)].map(([, volume = '']) => volume);
  const quorumState = '{"currentVoters":[{"voterId":0}],"data_version":0}';

  it('asks the guard when both volumes are empty, and formats both', async () => {
    const { stdout, voters } = await start({ metadata: {}, answers: ['wait: node 2', 'initial'], before: tools });
    expect(stdout).toMatch(/the metadata volume is empty and not formatted yet: node 2\n/);
    expect(stdout).toMatch(/kafka-storage\.sh format .*--initial-controllers=\S+ --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['data', 'metadata']);
    expect(voters).toEqual(['metadata']);
  });

  it('formats a data volume that was lost without asking: the quorum has its log', async () => {
    const { stdout, stderr } = await start({ metadata: { meta: OWN_VOLUME }, answers: ['initial'], before: tools });
    expect(stdout).toMatch(
      /the data volume is empty and not formatted yet; its replicas come from the other brokers\n/,
    );
    expect(stdout).toMatch(/kafka-storage\.sh format .*--no-initial-controllers --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['data']);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  it('asks the guard when the metadata volume was lost, and leaves the data volume as it is', async () => {
    const { stdout } = await start({
      meta: OWN_VOLUME,
      metadata: {},
      answers: ['wait: node 2', 'join'],
      before: tools,
    });
    expect(stdout).toMatch(/the metadata volume is empty and not formatted yet: node 2\n/);
    expect(stdout).toMatch(/--no-initial-controllers --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['metadata']);
  });

  it('formats nothing when both are', async () => {
    const { stdout, stderr } = await start({ meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME }, before: tools });
    expect(stdout).not.toMatch(/kafka-storage\.sh/);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  const ofNode2 = OWN_VOLUME.replace('node.id=1', 'node.id=2');
  const own = `node '1' of cluster '${config.brokers.clusterId}'`;

  it.each<[string, Start, string]>([
    [
      'volumes of different nodes',
      { meta: ofNode2, metadata: { meta: OWN_VOLUME } },
      `the data volume belongs to node '2' of cluster '${config.brokers.clusterId}' and the metadata volume to ${own};`,
    ],
    [
      'volumes of different clusters',
      { meta: OWN_VOLUME, metadata: { meta: 'cluster.id=another\nnode.id=1\n' } },
      `the data volume belongs to ${own} and the metadata volume to node '1' of cluster 'another';`,
    ],
    [
      'a data volume of another node, while the metadata volume is empty',
      { meta: ofNode2, metadata: {} },
      `the data volume belongs to node '2' of cluster '${config.brokers.clusterId}' and this is ${own};`,
    ],
    [
      'a metadata volume of another node, while the data volume is empty',
      { metadata: { meta: ofNode2 } },
      "the volume belongs to node '2' and this is node '1'",
    ],
    [
      'two volumes of another cluster',
      { meta: 'cluster.id=another\nnode.id=1\n', metadata: { meta: 'cluster.id=another\nnode.id=1\n' } },
      `the data volume belongs to node '1' of cluster 'another' and this is ${own};`,
    ],
    [
      'other controllers than those in the file beside the metadata log',
      { meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME, formedWith: '0,1,2,3,4' } },
      'the quorum was formed with controllers 0,1,2,3,4',
    ],
    [
      'the metadata log of a static quorum',
      { meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME, quorumState } },
      'the quorum of this volume is static',
    ],
    [
      'a data volume that holds a metadata log',
      { meta: OWN_VOLUME, metadata: {}, before: 'mkdir -p "$DATA_LOG/__cluster_metadata-0"' },
      'this pool was formed without metadataStorage',
    ],
  ])('refuses %s', async (_what, of, says) => {
    // Without an answer, one that is not refused would wait for ever.
    const { status, stderr } = await start({ answers: ['join'], ...of });
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
});
