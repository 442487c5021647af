import { readDns } from '../../../src/deploy/dns';
import { parseConfig } from '../../../src/platform/load';
import { AnsweringKubectl, items, refusal, type Answers } from '../../support/answering-kubectl';
import { config, dnsPod, object, told, kind } from '../../support/cluster-facts';

describe('names that would not resolve are reported', () => {
  const slices = (port: number) => [
    { ...object('kube-dns'), endpoints: [{ targetRef: { name: 'coredns-1' } }], ports: [{ port }] },
  ];

  it.each([
    [
      'without the pods of the DNS',
      { pods: [] },
      /^network\.dns\.labels: no pod of namespace kube-system of kind-test/,
    ],
    [
      'without one that is ready',
      { pods: [dnsPod(false)] },
      /^kind-test: DNS: no pod of the DNS is ready.*describe pods -l k8s-app=kube-dns/,
    ],
    [
      'that listens elsewhere',
      { pods: [dnsPod(true)], endpointSlices: slices(5353) },
      /^network\.dns\.ports: .*one of 5353/,
    ],
    [
      'with caches on the nodes',
      { nodeCaches: [dnsPod(true)] },
      /^network\.dns\.cidrs: .*set network\.dns\.cidrs to \['169\.254\.20\.10\/32'\]/,
    ],
    [
      'for another domain',
      { corefile: '.:53 {\n  kubernetes my.local in-addr.arpa ip6.arpa {\n  }\n}' },
      /^clusterDomain: .*answers for my\.local: .*; my\.local; set clusterDomain to 'my\.local'/,
    ],
  ])('%s', (_, dns, says) => {
    expect(told({ dns })).toMatch(says);
  });

  it.each([
    ['who answers as configured', { pods: [dnsPod(false), dnsPod(true)], endpointSlices: slices(53) }],
    ['what may not be read', {}],
    ['the configured domain', { corefile: '.:53 {\n  kubernetes cluster.local in-addr.arpa {\n' }],
    [
      'the configured domain among others, written with its dot',
      { corefile: '  kubernetes my.local cluster.local. {\n' },
    ],
    [
      'ports for other things beside the one for names',
      { pods: [dnsPod(true)], endpointSlices: [...slices(9153), ...slices(53)] },
    ],
    [
      'other Services of its namespace',
      {
        pods: [dnsPod(true)],
        endpointSlices: [
          { ...object('metrics-server'), endpoints: [{ targetRef: { name: 'metrics-1' } }], ports: [{ port: 10250 }] },
        ],
      },
    ],
  ])('but not for %s', (_, dns) => {
    expect(told({ dns })).toBe('');
  });

  it('nor for a configured address that answers instead of pods', () => {
    const dns = { cidrs: ['169.254.20.10/32'] };
    const named = parseConfig({ ...kind, network: { dns } });
    expect(told({ dns: { pods: [] } }, named)).toBe('');
    expect(told({ dns: { nodeCaches: [dnsPod(true)] } }, named)).toBe('');
  });
});

describe('the DNS of a cluster', () => {
  const read = (answers: Answers) => readDns(new AnsweringKubectl(answers), config);

  it('is read from the configured namespace of its pods, and its cache and settings from kube-system', async () => {
    const kubectl = new AnsweringKubectl((command) =>
      command.includes('configmap') ? { data: { Corefile: 'kubernetes my.local' } } : items(),
    );
    const elsewhere = { ...config, network: { dns: { ...config.network.dns, namespace: 'dns' } } };
    expect(await readDns(kubectl, elsewhere)).toMatchObject({ pods: [], corefile: 'kubernetes my.local' });
    expect(kubectl.commands.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'dns: get pods',
      'dns: get endpointslices',
      'kube-system: get pods',
      'kube-system: get configmap',
    ]);
  });

  it('is unknown if access is denied', async () => {
    expect(await read(() => refusal('forbidden'))).toEqual({
      pods: undefined,
      endpointSlices: undefined,
      nodeCaches: undefined,
      corefile: undefined,
    });
  });

  it('is not ignored for any other reason', async () => {
    await expect(read(() => new Error('a defect'))).rejects.toThrow('a defect');
  });
});
