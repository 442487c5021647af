import { z } from 'zod';
import { dnsName } from '../validation/fields';

/** Names of Secrets of the namespace with the credentials of private registries; all pods pull their images with them. */
export const imagePullSecretsSchema = z
  .array(dnsName())
  .refine((names) => new Set(names).size === names.length, 'a Secret stands twice')
  .meta({ allowed: 'a list of names of Secrets (type kubernetes.io/dockerconfigjson), each once' })
  .optional();

/** Of everything that makes pods. */
export interface PullSecrets {
  /** Names of Secrets of the namespace with which the images are pulled. @default none */
  readonly imagePullSecrets?: readonly string[] | undefined;
}
