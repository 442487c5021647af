import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOf } from '../../tools/support/rendering';
import type { Platform } from '../../src/platform/load';
import { applyManifests } from '../../src/deploy/apply';
import { Kubectl } from '../../src/deploy/kubectl';
import { readManifests, type ManifestObject, type Manifests } from '../../src/deploy/manifests';
import { startApiServer, type ApiServer } from './api-server';
import { differentFields } from '../../tools/support/differences';

/**
 * An API server to which configurations are applied, each in its own namespace. Without controllers, namespaces are
 * never deleted.
 */
export class ApplyTarget {
  private readonly directory = mkdtempSync(join(tmpdir(), 'apply-'));
  private namespaces = 0;
  private renderings = 0;

  private constructor(private readonly server: ApiServer) {}

  static async start(): Promise<ApplyTarget> {
    return new ApplyTarget(await startApiServer());
  }

  stop(): void {
    this.server.stop();
    rmSync(this.directory, { recursive: true });
  }

  kubectlIn(namespace: string): Kubectl {
    return new Kubectl({ kubeconfig: this.server.kubeconfig, namespace });
  }

  inNewNamespace(config: Platform): Platform {
    this.namespaces += 1;
    return { ...config, namespace: `n${this.namespaces}` };
  }

  rendered(config: Platform): Manifests {
    this.renderings += 1;
    const directory = join(this.directory, String(this.renderings));
    mkdirSync(directory);
    appOf(config, directory).synth();
    return readManifests(directory);
  }

  async apply(config: Platform, manifests = this.rendered(config)): Promise<Manifests> {
    const { namespace } = config;
    await applyManifests({ kubectl: this.kubectlIn(namespace), namespace, context: 'test', manifests });
    return manifests;
  }

  /** Rendered fields with another value, or none, in the live objects. */
  async fieldsAmiss({ namespace }: Platform, { objects, files }: Manifests): Promise<readonly string[]> {
    const named = files.flatMap((file) => ['--filename', file]);
    const { items } = await this.kubectlIn(namespace).json<{ items: ManifestObject[] }>(['get', ...named]);
    return differentFields(objects, items);
  }

  /** Values that change with every change of an object, by name. */
  async versions({ namespace }: Platform, kinds: string): Promise<Readonly<Record<string, string>>> {
    const objects = await this.kubectlIn(namespace).list(kinds);
    return Object.fromEntries(objects.map(({ metadata }) => [metadata.uid, metadata.resourceVersion]));
  }

  async namesIn(namespace: string, kinds: string): Promise<readonly string[]> {
    return (await this.kubectlIn(namespace).list(kinds)).map(({ metadata }) => metadata.name);
  }
}
