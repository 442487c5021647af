import { milliseconds } from '../validation/units';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';
import {
  APPLICATION_VARIABLES,
  applicationEnvironment,
  type Application,
  type ApplicationAccess,
} from '../components/application/applications';
import { answers } from '../processes/answers';
import type { KafkaConnection } from '../protocol/connection';
import { fileOf } from '../protocol/text-source';
import { STOP_MS } from '../processes/local-process';
import type { ServicePlace } from './service-place';
import type { ServiceParts } from '../processes/service-parts';

/** Includes joining the consumer group; topics and schemas exist before the start. */
const START_MS = 120_000;

/** Consumers rejoin their groups without a restart when brokers return. */
const UNREADY_MS = 120_000;

/** Longer than the default: there are several applications, and none waits for another. */
const LOOK_MS = 1_000;

/** Shorter than the time until the kill, so that the application can still log unfinished work. */
const LONGEST_SHUTDOWN_MS = STOP_MS - 2_000;

/** Name of the platform's own Node.js in a `localCommand`. */
const NODE = 'node';

interface ApplicationProcessProps {
  readonly application: Application;
  /** Address of the registry, base path included; undefined without one. */
  readonly registry: string | undefined;
  /** Whether the applications' topics and schemas are applied. */
  readonly canRun: () => Promise<boolean>;
}

/** An application as one process, whatever its number of replicas. @throws if it has no local command */
export function applicationProcess(
  { connectionOf, ports }: ServicePlace,
  { application, registry, canRun }: ApplicationProcessProps,
): ServiceParts {
  const { name, localCommand = [], readyPath } = application;
  const connection = connectionOf(name);
  const [program, ...args] = localCommand;
  const port = ports[name];
  if (program === undefined || port === undefined) throw new Error(`${name} does not run locally`);
  const at = (path: string): string => `http://${LOOPBACK}:${port}${path}`;
  const shutdownMs = milliseconds(Math.min(application.shutdownMs, LONGEST_SHUTDOWN_MS));
  return {
    url: at('/metrics'),
    process: {
      name: `The application ${name}`,
      program: program === NODE ? process.execPath : program,
      args,
      env: {
        ...applicationEnvironment(application, {
          bootstrap: connection.bootstrapServers,
          access: accessOf(connection),
          registry,
          port,
          shutdownMs,
        }),
        [APPLICATION_VARIABLES.host]: LOOPBACK,
        [APPLICATION_VARIABLES.instance]: name,
      },
      isReady: () => answers(at(readyPath)),
      canRun,
      startMs: START_MS,
      unreadyMs: UNREADY_MS,
      lookMs: LOOK_MS,
    },
  };
}

/** Connections of local users have files, which are all that an environment can name. */
function accessOf({ tls, sasl }: KafkaConnection): ApplicationAccess | undefined {
  if (tls === undefined || sasl === undefined) return undefined;
  return { ca: fileOf(tls.ca), username: sasl.username, password: fileOf(sasl.password) };
}
