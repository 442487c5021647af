import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { sharedProperties } from './broker-properties';
import { nameHash } from '../../kubernetes/content-hash';
import { guardFile } from './guard/settings';
import { JAVA_SECURITY } from './java-security';
import { kubernetesLayout } from './kubernetes-layout';
import { log4j2Properties } from './log4j2-properties';
import { BROKER_IDENTITY } from './labels';
import { brokerNames } from './names';
import type { NodePool } from './node-pool-props';
import { CONFIG_FILES, startScript, type BrokerPodPaths } from './start-script';
import { stopScript } from './stop-script';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** Argo CD removes the files of former pods only when those of the new template are healthy. */
const PRUNED_LAST = { 'argocd.argoproj.io/sync-options': 'PruneLast=true' };

/** What the files of a pool's nodes are made of. */
export interface BrokerConfigProps extends KafkaClusterConfig {
  /** The nodes that read them. */
  readonly pool: NodePool;
  /** Where a broker's pod finds its files. */
  readonly paths: BrokerPodPaths;
}

/**
 * Every file that the nodes of a pool read at each start, in one ConfigMap that is named after its contents and never
 * changes. A pod keeps the files with which it was made, a container that starts again in the middle of a roll too, and
 * a template of before finds its own.
 */
export class BrokerConfig extends Construct {
  /** Name of the ConfigMap. It changes when a file does. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: BrokerConfigProps) {
    super(scope, id);
    const data = filesOf(props);
    this.name = brokerNames(props).configMap(props.pool, nameHash(data));
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { ...objectMetadata(props, BROKER_IDENTITY, this.name), annotations: PRUNED_LAST },
      immutable: true,
      data,
    });
  }
}

/** What concerns single nodes, or other pools alone, is left out: a further broker must not restart the others. */
function filesOf({ paths, pool, ...config }: BrokerConfigProps): Record<string, string> {
  const layout = kubernetesLayout(config);
  const node = layout.nodes.find((one) => one.pool.name === pool.name);
  if (node === undefined) throw new Error(`the pool ${pool.name} has no nodes`);
  return {
    [CONFIG_FILES.properties]: sharedProperties(config, layout, node),
    [CONFIG_FILES.start(pool)]: startScript(config, pool, paths),
    [CONFIG_FILES.stop]: stopScript(config),
    [CONFIG_FILES.guard]: `${JSON.stringify(guardFile(config, layout, pool), null, 2)}\n`,
    [CONFIG_FILES.log4j2]: log4j2Properties(config),
    [CONFIG_FILES.javaSecurity]: JAVA_SECURITY,
  };
}
