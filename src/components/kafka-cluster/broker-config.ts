import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { brokerProperties } from './broker-properties';
import { contentHash } from '../../kubernetes/content-hash';
import { guardSettings } from './guard/settings';
import { JAVA_SECURITY } from './java-security';
import { kubernetesLayout } from './kubernetes-layout';
import { log4j2Properties } from './log4j2-properties';
import { BROKER_IDENTITY } from './model';
import { brokerNames } from './names';
import { CONFIG_FILES, startScript, type BrokerPodPaths } from './start-script';
import { stopScript } from './stop-script';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** What the brokers' files are made of. */
export interface BrokerConfigProps extends KafkaClusterConfig {
  /** Where a broker's pod finds its files. */
  readonly paths: BrokerPodPaths;
}

/** The ConfigMap of the brokers, as their pods see it. */
export interface BrokerFiles {
  /** Of the ConfigMap. */
  readonly name: string;
  /** Changes when a file does that a broker reads at each of its starts. */
  readonly hash: string;
}

/** Every file that brokers read, one complete properties file for each of them, in one ConfigMap. */
export class BrokerConfig extends Construct implements BrokerFiles {
  readonly name: string;
  readonly hash: string;

  constructor(scope: Construct, id: string, props: BrokerConfigProps) {
    super(scope, id);
    this.name = brokerNames(props).configMap;
    const data = brokerFiles(props);
    this.hash = contentHash(data);
    // Read when storage is formatted: brokers that have theirs would be restarted for nothing.
    const atFormat = { [CONFIG_FILES.metadataVersion]: `${props.brokers.metadataVersion}\n` };
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: objectMetadata(props, BROKER_IDENTITY, this.name),
      data: { ...data, ...atFormat },
    });
  }
}

function brokerFiles({ paths, ...config }: BrokerConfigProps): Record<string, string> {
  const layout = kubernetesLayout(config);
  const { pod } = brokerNames(config);
  return {
    ...Object.fromEntries(
      layout.nodes.map((node) => [CONFIG_FILES.properties(pod(node)), brokerProperties(config, layout, node)]),
    ),
    ...Object.fromEntries(
      config.brokers.nodePools.map((pool) => [CONFIG_FILES.start(pool), startScript(config, pool, paths)]),
    ),
    [CONFIG_FILES.stop]: stopScript(config),
    [CONFIG_FILES.guard]: `${JSON.stringify(guardSettings(config, layout), null, 2)}\n`,
    [CONFIG_FILES.log4j2]: log4j2Properties(config),
    [CONFIG_FILES.javaSecurity]: JAVA_SECURITY,
  };
}
