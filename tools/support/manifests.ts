import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isRendered } from '../../src/manifests/header';
import type { Files } from '../../src/manifests/rendered-files';
import { filesOf } from './rendering';
import type { Platform } from '../../src/platform/load';

/** The fields of a Kubernetes object that the tests read. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Record<string, string> };
  readonly spec: Record<string, unknown>;
  readonly data?: Record<string, string>;
  readonly immutable?: boolean;
}

/** The rendered files among the committed manifests of an environment, which may include other files. */
export function committedFiles(environment: string): Files {
  const directory = join('manifests', environment);
  const texts = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')] as const);
  return Object.fromEntries(texts.filter(([name, text]) => isRendered({ environment, name, text })));
}

export function renderObjects(config: Platform): readonly KubernetesObject[] {
  return Object.values(filesOf('test', config))
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => document.toJS() as KubernetesObject);
}

/** @throws if the object does not exist, with a list of the existing ones */
export function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found !== undefined) return found;
  const all = objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ');
  throw new Error(`there is no ${kind} ${name}; there are ${all}`);
}

/** The ConfigMap that a volume of a workload shows. @throws if the volume shows no ConfigMap, or the ConfigMap does not exist */
export function mountedConfigMap(objects: readonly KubernetesObject[], workload: KubernetesObject, volume: string) {
  const volumes = podTemplate(workload).spec['volumes'] as readonly Volume[];
  const mounted = volumes.find(({ name }) => name === volume)?.configMap?.name;
  return find(objects, 'ConfigMap', mounted ?? `of the volume ${volume}`);
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly lifecycle?: unknown;
  readonly restartPolicy?: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe: { readonly periodSeconds: number; readonly failureThreshold: number };
  readonly livenessProbe: Record<string, unknown>;
  readonly readinessProbe: Record<string, unknown>;
  readonly securityContext: Record<string, unknown>;
}

export interface PodTemplate {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
  readonly spec: Record<string, unknown> & {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

/** All pod templates of the manifests, by the name of the workload. */
export const podTemplates = (objects: readonly KubernetesObject[]): readonly (readonly [string, PodTemplate])[] =>
  objects.flatMap((object) => {
    const { spec } = object as { spec?: { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } } };
    const template = spec?.template ?? spec?.jobTemplate?.spec.template;
    return template === undefined ? [] : [[`${object.kind} ${object.metadata.name}`, template] as const];
  });

/** The pod template of a workload. */
export const podTemplate = (object: KubernetesObject): PodTemplate => object.spec['template'] as PodTemplate;

/** The only container of a workload. */
export function container(object: KubernetesObject): Container {
  const [only, ...others] = podTemplate(object).spec.containers;
  if (only === undefined || others.length > 0) throw new Error(`${object.metadata.name} has not exactly one container`);
  return only;
}
