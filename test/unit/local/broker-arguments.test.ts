import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { brokerArguments } from '../../../src/local/prepare';
import { parseConfig } from '../../../src/platform/load';
import { QUICK_START } from '../../../src/processes/quick-start';
import { withValues } from '../../../tools/support/config';

function argumentsWith(change: Readonly<Record<string, unknown>>): readonly string[] {
  const config = parseConfig(withValues(change));
  const directory = (id: number): string => `/state/broker-${id}`;
  const layout = localLayout(config, { ports: [0, 1, 2].map((id) => [id, id, id, id] as const), directory });
  const [node] = layout.nodes;
  if (node === undefined) throw new Error('there is no node');
  return brokerArguments({ config, layout, runtime: { java: 'java', classPath: 'libs/*' }, directory }, node);
}

describe('a local broker', () => {
  it('starts quickly', () => {
    expect(argumentsWith({})).toEqual(expect.arrayContaining(QUICK_START));
  });

  it('has the JVM options of the configuration instead', () => {
    const args = argumentsWith({ 'brokers/jvmOptions': ['-XX:+UseZGC'] });
    expect(args).toContain('-XX:+UseZGC');
    expect(args.filter((arg) => QUICK_START.includes(arg))).toEqual([]);
  });
});
