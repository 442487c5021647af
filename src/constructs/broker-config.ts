import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { brokerProperties } from '../render/broker-properties';
import { contentHash } from '../render/content-hash';
import { guardSettings } from '../render/guard-settings';
import { JAVA_SECURITY } from '../render/java-security';
import { kubernetesLayout } from '../render/kubernetes-layout';
import { log4j2Properties } from '../render/log4j2-properties';
import { brokerNames } from '../render/names';
import { readinessScript } from '../render/readiness-script';
import { CONFIG_FILES, startScript, type BrokerPodPaths } from '../render/start-script';
import { stopScript } from '../render/stop-script';
import { objectLabels } from '../render/labels';

/** Every file that brokers read, one complete properties file for each of them, in one ConfigMap. */
export class BrokerConfig extends Construct {
  readonly name: string;
  /** Changes when a file does. */
  readonly hash: string;

  constructor(scope: Construct, config: Platform, paths: BrokerPodPaths) {
    super(scope, 'config');
    this.name = brokerNames(config).configMap;
    const data = brokerFiles(config, paths);
    this.hash = contentHash(data);
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { name: this.name, namespace: config.namespace, labels: objectLabels(config, 'broker') },
      data,
    });
  }
}

function brokerFiles(config: Platform, paths: BrokerPodPaths): Record<string, string> {
  const layout = kubernetesLayout(config);
  const { pod } = brokerNames(config);
  return {
    ...Object.fromEntries(
      layout.nodes.map((node) => [CONFIG_FILES.properties(pod(node.id)), brokerProperties(config, layout, node)]),
    ),
    [CONFIG_FILES.start]: startScript(config, paths),
    [CONFIG_FILES.ready]: readinessScript(paths),
    [CONFIG_FILES.stop]: stopScript(config),
    [CONFIG_FILES.guard]: `${JSON.stringify(guardSettings(config, layout), null, 2)}\n`,
    [CONFIG_FILES.log4j2]: log4j2Properties(config),
    [CONFIG_FILES.javaSecurity]: JAVA_SECURITY,
  };
}
