import { z } from 'zod';
import { imageRegistrySchema } from '../kubernetes/image-registry';
import { imagePullSecretsSchema } from '../kubernetes/pull-secrets-props';
import { schedulingSchema } from '../kubernetes/scheduling-props';
import { dnsLabel, dnsName, port } from '../validation/fields';
import { componentSettings } from './components';

/** Leaves room for the longest suffix of a derived name, `-broker-0-<revision hash>`, within 63 characters. */
const MAX_NAME_LENGTH = 40;

const localSchema = z.strictObject({
  /**
   * First of the consecutive ports on 127.0.0.1: four per node, followed by the ports of the other local processes, one
   * per application. @default free ports, which are reused at later starts
   */
  basePort: port().optional(),
  /** Folder for data, logs and the list of running processes, relative to the root of the project. */
  stateDirectory: z.string().min(1).meta({ allowed: 'a path' }).default('.platform/local'),
});

/**
 * All settings of a platform. Relations between settings are in the `rules` of the components; relations that belong to
 * no component are in `rules/`.
 */
export const platformSchema = z.strictObject({
  /** Name of the platform, used as the prefix of its objects' names. */
  name: dnsLabel(MAX_NAME_LENGTH).default('kafka'),
  /** Kubernetes namespace. */
  namespace: dnsLabel().default('kafka'),
  /**
   * Whether the manifests include the namespace. Deleting the manifests then also deletes all volume claims. If false,
   * `npm run deploy` creates a missing namespace.
   */
  renderNamespace: z.boolean().meta({ allowed: 'true or false' }).default(false),
  /** DNS domain of the Kubernetes cluster. */
  clusterDomain: dnsName().default('cluster.local'),
  ...componentSettings,
  /**
   * Registry, perhaps with a path, from which all pods pull the images that name none: the platform's own, and mirrors of the official ones.
   * @default none: Docker Hub, or images that are loaded into the nodes
   */
  imageRegistry: imageRegistrySchema,
  /**
   * Secrets of the namespace (type `kubernetes.io/dockerconfigjson`) with which all pods pull their images, by their names. They are not
   * part of the manifests. @default none
   */
  imagePullSecrets: imagePullSecretsSchema,
  /** Nodes of Kubernetes on which all pods but those of the brokers run; brokers have their own in each pool. */
  scheduling: schedulingSchema.prefault({}),
  /** Share of the topics' expected production traffic that this environment receives. */
  trafficShare: z.number().gt(0).max(1).meta({ allowed: 'a number above 0, up to 1' }).default(1),
  /** Settings of the platform when it runs as local processes. */
  local: localSchema.prefault({}),
});

/** A configuration as written: only the settings that differ from the defaults. */
export type PlatformInput = z.input<typeof platformSchema>;

/** A configuration with all defaults applied, before the rules are checked. */
export type ParsedPlatform = z.output<typeof platformSchema>;
