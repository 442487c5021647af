import {
  PlatformConfig,
  platformConfigMaps,
  type PlatformConfigProps,
} from '../../../src/components/platform-config/platform-config';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { naming } from '../../support/construct-props';

const tested: TestedProps<PlatformConfigProps> = {
  config: [{ ...naming, clusterDomain: 'cluster.other' }, '"clusterDomain": "cluster.other"'],
};

testProps(PlatformConfig, { config: naming }, tested);

it('has the names of its ConfigMaps, even if the configuration needs several', () => {
  for (const config of [naming, { ...naming, topics: Array.from({ length: 100_000 }, (_, id) => `topic-${id}`) }]) {
    const { construct, objects } = made(PlatformConfig, { config });
    expect(named(objects)).toEqual(construct.configMaps.map((name) => `ConfigMap ${name}`));
    expect(construct.configMaps).toEqual(platformConfigMaps(config));
  }
});
