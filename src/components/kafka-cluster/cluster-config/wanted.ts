import { knownRelease } from '../../../kafka-settings/known-release';
import type { SettingDefinition } from '../../../kafka-settings/release';
import { propertiesOf } from '../broker-properties';
import type { KafkaClusterConfig } from '../config';
import { kubernetesLayout } from '../kubernetes-layout';
import { isBroker } from '../nodes';

/** A broker property of the configuration that a running cluster can change for all brokers at once. */
export interface WantedSetting {
  readonly value: string;
  readonly type: SettingDefinition['type'];
}

/** What a configuration says about the settings of its brokers. */
export interface WantedConfig {
  /** Properties that are the same on all brokers, and that Kafka changes dynamically for all of them, by name. */
  readonly settings: Readonly<Record<string, WantedSetting>>;
  /** Names of all properties of the configuration. */
  readonly named: ReadonlySet<string>;
}

/** The settings of a configuration for a running cluster. */
export function wantedConfig(config: KafkaClusterConfig): WantedConfig {
  const definitions = knownRelease(config.brokers.version)?.broker ?? {};
  // Layouts differ in addresses and directories only, none of which can be changed for all brokers at once.
  const layout = kubernetesLayout(config);
  const [first = {}, ...others] = layout.nodes.filter(isBroker).map((node) => propertiesOf(config, layout, node));
  const settings = Object.entries(first).flatMap(([name, value]) => {
    const definition = definitions[name];
    const isShared = others.every((other) => other[name] === value);
    return definition?.update === 'cluster-wide' && isShared ? [[name, { value, type: definition.type }] as const] : [];
  });
  return {
    settings: Object.fromEntries(settings),
    named: new Set([first, ...others].flatMap((each) => Object.keys(each))),
  };
}
