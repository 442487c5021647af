import { z } from 'zod';
import { application } from '../components/application/model';
import { applicationsSchema } from '../components/application/props';
import { applicationRules } from '../components/application/rules';
import type { Component } from '../components/component';
import { guardSchema } from '../components/kafka-cluster/guard/props';
import { kafkaCluster } from '../components/kafka-cluster/model';
import { brokersSchema } from '../components/kafka-cluster/props';
import { securitySchema } from '../components/kafka-cluster/security/props';
import { kafkaClusterRules } from '../components/kafka-cluster/rules/rules';
import type { HttpProof } from '../components/http-proof';
import { kafkaUi } from '../components/kafka-ui/model';
import { kafkaUiProof } from '../components/kafka-ui/proof';
import { uiSchema } from '../components/kafka-ui/props';
import { lagExporter } from '../components/lag-exporter/model';
import { LAG_EXPORTER } from '../components/lag-exporter/names';
import { prometheus } from '../components/prometheus/model';
import { PROMETHEUS } from '../components/prometheus/names';
import { schemaRegistry } from '../components/schema-registry/model';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import { registrySchema } from '../components/schema-registry/props';
import { registryRules } from '../components/schema-registry/rules';
import { smokeTest } from '../components/smoke-test/model';
import { smokeSchema } from '../components/smoke-test/props';
import { topicSchema } from '../components/topics/props';
import { provisioningSchema } from '../components/topics/provisioning-props';
import { topicsRules } from '../components/topics/rules/rules';
import { usersSchema } from '../components/users/props';
import { usersRules } from '../components/users/rules';
import { networkSchema } from '../kubernetes/network-props';
import { runtimeSchema } from '../kubernetes/runtime-props';
import { monitoringSchema } from '../monitoring/props';
import type { Rule } from '../validation/rule';
import type { Platform } from './load';
import type { ParsedPlatform } from './schema';

/** How a component takes part in the platform. Everything else is derived from its model. */
interface ComponentEntry {
  /** Configuration fields of the component, by field name. */
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /** Rules about the component's settings, including relations to settings of other components. @default none */
  readonly rules?: readonly Rule<ParsedPlatform>[];
  /**
   * Creates the component's model from a configuration; undefined if the configuration does not include the component.
   * @default the component has no pods of its own
   */
  readonly model?: (config: Platform) => Component | undefined;
  /**
   * Replaces `model` for a component that connects to ports declared by other components. `others` includes the
   * components of earlier entries.
   */
  readonly observer?: (config: Platform, others: readonly Component[]) => Component | undefined;
  /** HTTP check of the smoke test. @default none; smoke-test.ts lists the checks that need Kafka clients */
  readonly proof?: HttpProof<Platform>;
  /**
   * Name and ports of the component's local process. @default the component does not run locally, or is started with
   * the brokers
   */
  readonly local?: { readonly name: string; readonly ports: readonly string[] };
}

/**
 * Every component once. The order determines the order of settings, network policies, scrape jobs and rules. parts.ts
 * places the constructs.
 */
export const COMPONENTS = [
  {
    settings: {
      /** Brokers, their quorum and their storage. */
      brokers: brokersSchema,
      /** How connections to the brokers are protected, and who may do what. */
      security: securitySchema.prefault({}),
      /** The guard sidecar of each broker, which delays a stop until the cluster can tolerate it. */
      guard: guardSchema.prefault({}),
      /** The image of the platform's own programs. */
      runtime: runtimeSchema.prefault({}),
    },
    rules: kafkaClusterRules,
    model: kafkaCluster,
  },
  {
    settings: {
      /**
       * Topics of the catalogue. Replication, retention and segment settings that a topic omits are taken from the
       * settings of the brokers. They are written to the topic, so that a later change of a broker default does not
       * change the topic.
       */
      topics: z.array(topicSchema).default([]),
      /** Potentially unsafe changes that the provisioning of topics is allowed to make. */
      provisioning: provisioningSchema.prefault({}),
    },
    rules: topicsRules,
  },
  {
    settings: {
      /** Users, and what each of them may do. Components and applications have users of their own names. */
      users: usersSchema,
    },
    rules: usersRules,
  },
  {
    settings: {
      /** Network access that the network policies must allow. */
      network: networkSchema.prefault({}),
    },
  },
  {
    settings: {
      /** The schema registry. */
      registry: registrySchema.prefault({}),
    },
    rules: registryRules,
    model: schemaRegistry,
    local: { name: SCHEMA_REGISTRY, ports: ['registry', 'registryManagement'] },
  },
  {
    settings: {
      /** The web interface, kafbat's Kafka UI. */
      ui: uiSchema.prefault({}),
    },
    model: kafkaUi,
    proof: kafkaUiProof,
  },
  // The component that scrapes all components with metrics.
  {
    settings: {
      /** Metrics, rules and dashboards. */
      monitoring: monitoringSchema.prefault({}),
    },
  },
  { settings: {}, model: lagExporter, local: { name: LAG_EXPORTER, ports: ['lagExporter'] } },
  { settings: {}, observer: prometheus, local: { name: PROMETHEUS, ports: ['prometheus'] } },
  {
    settings: {
      /** Applications that are deployed with the platform, by the names of their Deployments and local processes. */
      applications: applicationsSchema,
    },
    rules: applicationRules,
    model: application,
  },
  {
    settings: {
      /** The smoke test in the cluster. */
      smoke: smokeSchema.prefault({}),
    },
    observer: smokeTest,
  },
] as const;

const ENTRIES: readonly ComponentEntry[] = COMPONENTS;

type Merged<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Configuration fields of all components. */
export const componentSettings = Object.assign({}, ...COMPONENTS.map(({ settings }) => settings)) as Merged<
  (typeof COMPONENTS)[number]['settings']
>;

/** Rules of all components. */
export const componentRules: readonly Rule<ParsedPlatform>[] = ENTRIES.flatMap(({ rules = [] }) => rules);

/** HTTP checks of all components for the smoke test. */
export const componentProofs: readonly HttpProof<Platform>[] = ENTRIES.flatMap(({ proof }) => proof ?? []);

/**
 * All components of a configuration. A component that is missing here gets no network policy, scrape job or alerts, and
 * no deployment waits for it.
 */
export function componentsOf(config: Platform): readonly Component[] {
  const found = new Map<ComponentEntry, Component>();
  const add = (entry: ComponentEntry, component: Component | undefined): void => {
    if (component !== undefined) found.set(entry, component);
  };
  for (const entry of ENTRIES) add(entry, entry.model?.(config));
  for (const entry of ENTRIES) add(entry, entry.observer?.(config, [...found.values()]));
  return ENTRIES.flatMap((entry) => found.get(entry) ?? []);
}
