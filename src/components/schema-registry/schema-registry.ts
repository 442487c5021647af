import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { SchemaRegistryConfig } from './config';
import { mebibytes } from '../../validation/units';
import { UserError } from '../../validation/user-error';
import { selectorLabels } from '../../kubernetes/labels';
import { registryIdentity, registryServices, registryUrl } from './model';
import { registryProvider, type RegistryProvider } from './provider';
import { addDeployment } from '../../kubernetes/deployment';
import { platformMount } from '../../kubernetes/file-mount';
import { container, pod, scratch } from '../../kubernetes/pod';
import { runtimeCommand } from '../../kubernetes/runtime-command';
import { addPodNames, addService } from '../../kubernetes/service';
import { scheduled } from '../../kubernetes/scheduling';

/**
 * A registry that is not ready after this time will not recover: Apicurio stays unready if it starts without brokers.
 */
const STARTUP_SECONDS = 180;

/** Longer than a usual outage of brokers. A registry that is unready for longer does not recover on its own. */
const UNREADY_SECONDS = 300;

const PERIOD_SECONDS = 5;

/** Props of the registry. */
export interface SchemaRegistryProps extends SchemaRegistryConfig {
  /** Names of the ConfigMaps with the configuration, as provided by `PlatformConfig`. */
  readonly configMaps: readonly string[];
}

/**
 * The schema registry. It starts after the brokers serve, and is restarted if it does not recover by itself.
 * @throws {UserError} if the configuration has no registry
 */
export class SchemaRegistry extends Construct {
  /** URL for clients, including the base path, reachable from the whole Kubernetes cluster. */
  readonly url: string;
  private readonly provider: RegistryProvider;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SchemaRegistryProps,
  ) {
    super(scope, id);
    const provider = registryProvider(props);
    const url = registryUrl(props);
    if (provider === undefined || url === undefined) throw noRegistry(props);
    this.provider = provider;
    this.url = url;
    this.addDeployment();
    this.addService();
    this.addPodNames();
  }

  private addDeployment(): void {
    const { api: name } = registryServices(this.props);
    const { replicas } = this.props.registry;
    addDeployment(this, this.props, { ...registryIdentity(this.provider), name, replicas, pod: this.pod() });
  }

  private addService(): void {
    const { api: name } = registryServices(this.props);
    addService(this, this.props, { ...registryIdentity(this.provider), name, ports: this.ports() });
  }

  /** Each replica is scraped. */
  private addPodNames(): void {
    const { metrics } = this.provider;
    if (metrics === undefined) return;
    addPodNames(this, this.props, {
      ...registryIdentity(this.provider),
      name: registryServices(this.props).pods,
      ports: { metrics: metrics.port },
      selector: selectorLabels(this.props, registryIdentity(this.provider)),
    });
  }

  private ports(): Readonly<Record<string, number>> {
    const { port, metrics } = this.provider;
    return { api: port, ...(metrics === undefined ? {} : { metrics: metrics.port }) };
  }

  private pod(): k8s.PodSpec {
    const writable = scratch(this.provider.writable);
    const platform = platformMount(this.props.configMaps);
    return pod(this.props, {
      ...scheduled(this.props.scheduling),
      user: this.provider.user,
      initContainers: [this.preparation()],
      containers: [this.container(writable.mounts)],
      volumes: [platform.volume, ...writable.volumes],
    });
  }

  private preparation(): k8s.Container {
    const platform = platformMount(this.props.configMaps);
    return container({
      name: 'prepare-registry',
      image: this.props.runtime.image,
      command: runtimeCommand('prepare-registry'),
      env: platform.env,
      memory: mebibytes(128),
      cpuMillicores: 10,
      volumeMounts: [platform.mount],
    });
  }

  private container(mounts: k8s.VolumeMount[]): k8s.Container {
    const { provider } = this;
    const { memory, cpuMillicores } = this.props.registry;
    const { path, port } = provider.ready;
    const ready = { httpGet: { path, port: k8s.IntOrString.fromNumber(port) }, timeoutSeconds: 5 };
    const address = provider.addressVariable;
    return container({
      name: 'registry',
      image: provider.image,
      env: {
        ...provider.env,
        ...(address === undefined ? {} : { [address]: { fieldRef: { fieldPath: 'status.podIP' } } }),
      },
      ports: Object.entries(this.ports()).map(([name, containerPort]) => ({ name, containerPort })),
      startupProbe: { ...ready, periodSeconds: PERIOD_SECONDS, failureThreshold: STARTUP_SECONDS / PERIOD_SECONDS },
      readinessProbe: { ...ready, periodSeconds: PERIOD_SECONDS },
      livenessProbe: { ...ready, periodSeconds: PERIOD_SECONDS, failureThreshold: UNREADY_SECONDS / PERIOD_SECONDS },
      memory,
      cpuMillicores,
      volumeMounts: mounts,
    });
  }
}

const noRegistry = ({ registry }: SchemaRegistryProps): UserError =>
  new UserError(
    `registry.provider is '${registry.provider}', so there is no registry to render; allowed are apicurio and confluent.`,
    'set registry.provider to one of them, or leave the construct out',
  );
