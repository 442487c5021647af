import { z } from 'zod';
import { brokersSchema } from './broker-schema';
import { dnsLabel, dnsName, port } from './fields';
import { monitoringSchema } from './monitoring-schema';
import { registrySchema } from './registry-schema';
import { samplesSchema } from './sample-schema';
import { topicSchema } from './topic-schema';
import { uiSchema } from './ui-schema';
import { guardSchema, provisioningSchema, runtimeSchema, smokeSchema } from './workload-schema';

/** Room for the longest suffix of a derived name, `-broker-0-<revision hash>`, in 63 characters. */
const MAX_NAME_LENGTH = 40;

const localSchema = z.strictObject({
  /** First of count x 4 + 12 ports in a row on 127.0.0.1: those of the brokers, then those of what stands around them. @default free ports, kept from start to start */
  basePort: port().optional(),
  /** Data, logs and the record of what runs; relative to the project. @default .platform/local */
  stateDirectory: z.string().min(1).meta({ allowed: 'a path' }).default('.platform/local'),
});

/** The one place of defaults. Cross-field rules stand in `rules/`. */
export const platformSchema = z.strictObject({
  /** Name of the cluster; what it consists of is named after it. @default kafka */
  name: dnsLabel(MAX_NAME_LENGTH).default('kafka'),
  /** Kubernetes namespace. @default kafka */
  namespace: dnsLabel().default('kafka'),
  /** @default cluster.local */
  clusterDomain: dnsName().default('cluster.local'),
  brokers: brokersSchema,
  guard: guardSchema.prefault({}),
  runtime: runtimeSchema.prefault({}),
  topics: z.array(topicSchema).default([]),
  provisioning: provisioningSchema.prefault({}),
  smoke: smokeSchema.prefault({}),
  registry: registrySchema.prefault({}),
  ui: uiSchema.prefault({}),
  monitoring: monitoringSchema.prefault({}),
  samples: samplesSchema.prefault({}),
  /** Share of the topics' expected production traffic that this environment sees. @default 1 */
  trafficShare: z.number().gt(0).max(1).meta({ allowed: 'a number above 0, up to 1' }).default(1),
  local: localSchema.prefault({}),
});

/** A configuration as it is written: only what differs from the defaults. */
export type PlatformInput = z.input<typeof platformSchema>;

/** A configuration with every default applied, before the rules. */
export type ParsedPlatform = z.output<typeof platformSchema>;
