import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addDeployment } from '../../kubernetes/deployment';
import { CLIENT_LABEL, METRICS_LABEL } from '../../kubernetes/labels';
import { container, pod } from '../../kubernetes/pod';
import { scheduled } from '../../kubernetes/scheduling';
import type { Scheduling } from '../../kubernetes/scheduling-props';
import { ZONE_LABEL } from '../../kubernetes/zone-label';
import { bootstrapAddress } from '../kafka-cluster/kubernetes-layout';
import {
  APPLICATION_VARIABLES,
  applicationDeployment,
  applicationEnvironment,
  type Application as ApplicationDefinition,
} from './applications';
import { registryUrl } from '../schema-registry/model';
import type { ApplicationConfig } from './config';

/** An application may wait minutes for brokers, registry and schemas before it joins its group. */
const STARTUP_SECONDS = 360;
const STARTUP_PERIOD_SECONDS = 2;

/** Time between the end of the application's shutdown period and SIGKILL. */
const GRACE_SECONDS = 5;

/** The application, and the platform that it is a client of. */
export interface ApplicationProps extends ApplicationConfig {
  /** An element of `applicationsOf(config)`. */
  readonly application: ApplicationDefinition;
}

/**
 * The Deployment of an application. Its dependencies may become ready minutes after it; an application that has waited
 * too long exits and is restarted. During a rollout the old and the new release overlap.
 */
export class Application extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApplicationProps,
  ) {
    super(scope, id);
    const { name, replicas, metrics, shutdownMs } = props.application;
    addDeployment(this, props, {
      application: name,
      component: name,
      name: applicationDeployment(props, name),
      replicas,
      podLabels: { ...CLIENT_LABEL, ...(metrics && METRICS_LABEL) },
      // A release that does not become ready does not reduce the capacity of the running release.
      rollout: { maxSurge: 1, maxUnavailable: 0 },
      pod: pod(props, {
        ...scheduled(inZone(props.scheduling, props.application.zone)),
        terminationGracePeriodSeconds: Math.ceil(shutdownMs / 1_000) + GRACE_SECONDS,
        containers: [this.container()],
      }),
    });
  }

  private container(): k8s.Container {
    const { application, monitoring } = this.props;
    const { name, image, command, readyPath, alivePath, shutdownMs, memory, cpuMillicores } = application;
    return container({
      name,
      image,
      ...(command !== undefined && { command: [...command] }),
      env: {
        ...applicationEnvironment(application, {
          bootstrap: [bootstrapAddress(this.props)],
          registry: registryUrl(this.props),
          port: monitoring.clientPort,
          shutdownMs,
        }),
        [APPLICATION_VARIABLES.instance]: { fieldRef: { fieldPath: 'metadata.name' } },
      },
      ports: [{ name: 'metrics', containerPort: monitoring.clientPort }],
      startupProbe: {
        ...probe(readyPath),
        periodSeconds: STARTUP_PERIOD_SECONDS,
        failureThreshold: STARTUP_SECONDS / STARTUP_PERIOD_SECONDS,
      },
      readinessProbe: { ...probe(readyPath), periodSeconds: 5 },
      livenessProbe: { ...probe(alivePath), periodSeconds: 10, failureThreshold: 3 },
      memory,
      cpuMillicores,
    });
  }
}

const inZone = (scheduling: Scheduling, zone: string | undefined): Scheduling =>
  zone === undefined ? scheduling : { ...scheduling, nodeSelector: { ...scheduling.nodeSelector, [ZONE_LABEL]: zone } };

const probe = (path: string) => ({
  httpGet: { path, port: k8s.IntOrString.fromString('metrics') },
  timeoutSeconds: 5,
});
