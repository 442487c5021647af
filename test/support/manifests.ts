import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { platformApp } from '../../charts/app';
import type { Platform } from '../../src/config/load';

/** As much of a Kubernetes object as the rules read. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Record<string, string> };
  readonly spec: Record<string, unknown>;
  readonly data?: Record<string, string>;
}

/** File name to content, as `npm run synth` writes them. */
export function renderFiles(config: Platform): Readonly<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
  try {
    platformApp(config, directory).synth();
    return readFiles(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export const readFiles = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));

export function renderObjects(config: Platform): readonly KubernetesObject[] {
  return Object.values(renderFiles(config))
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => document.toJS() as KubernetesObject);
}

/** @throws when there is no such object, naming what there is */
export function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found !== undefined) return found;
  const all = objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ');
  throw new Error(`there is no ${kind} ${name}; there are ${all}`);
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

/** Every pod template of the manifests, by the name of its workload. */
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
