import { k8s } from 'cdk8s-plus-27';

/** A broker that was killed may read its logs for a long time before it answers. */
const STARTUP_SECONDS = 20 * 60;
const STARTUP_PERIOD_SECONDS = 2;

type Probes = Required<Pick<k8s.Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>>;

/**
 * Startup waits long, liveness asks for the process alone (neither quorum nor replicas are this process's fault), and
 * readiness asks the broker about itself.
 * @param readinessScript path of the script in the container
 */
export function brokerProbes(readinessScript: string): Probes {
  return {
    startupProbe: {
      tcpSocket: { port: k8s.IntOrString.fromString('client') },
      periodSeconds: STARTUP_PERIOD_SECONDS,
      failureThreshold: STARTUP_SECONDS / STARTUP_PERIOD_SECONDS,
    },
    livenessProbe: {
      exec: { command: ['pgrep', '-x', 'java'] },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    readinessProbe: {
      exec: { command: ['/bin/bash', readinessScript] },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 2,
    },
  };
}
