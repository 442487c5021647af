import { z } from 'zod';
import { dnsName } from '../validation/fields';

/** Names of Secrets of the namespace with the credentials of private registries; all pods pull their images with them. */
export const imagePullSecretsSchema = z
  .array(dnsName())
  .refine((names) => new Set(names).size === names.length, 'a Secret stands twice')
  .meta({ allowed: 'a list of names of Secrets (type kubernetes.io/dockerconfigjson), each once' })
  .optional();

/** Of everything that makes pods: where their images come from. */
export interface PullSecrets {
  /** Registry of the images that name none. @default that of the container runtime, Docker Hub */
  readonly imageRegistry?: string | undefined;
  /** Names of Secrets of the namespace with which the images are pulled. @default none */
  readonly imagePullSecrets?: readonly string[] | undefined;
}
