import { milliseconds } from '../validation/units';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';
import {
  APPLICATION_VARIABLES,
  applicationEnvironment,
  type Application,
} from '../components/application/applications';
import { answers } from '../processes/answers';
import { STOP_MS } from '../processes/local-process';
import type { ServicePlace } from './service-place';
import type { ServiceParts } from '../processes/service-parts';

/** All that it needs is applied when it starts; then it joins its group. */
const START_MS = 120_000;

/** Members come back into their groups by themselves when brokers do. */
const UNREADY_MS = 120_000;

/** There are several, and none is waited for by another. */
const LOOK_MS = 1_000;

/** Before it would be killed, so that it can still say what was left undone. */
const LONGEST_SHUTDOWN_MS = STOP_MS - 2_000;

/** The Node.js that runs the platform, as a `localCommand` names it. */
const NODE = 'node';

interface ApplicationProcessProps {
  readonly application: Application;
  /** Address of the registry, base path included; undefined without one. */
  readonly registry: string | undefined;
  /** Whether all is applied that applications need. */
  readonly canRun: () => Promise<boolean>;
}

/** An application, one process however many replicas it has elsewhere. @throws when it has no local command */
export function applicationProcess(
  { connection, ports }: ServicePlace,
  { application, registry, canRun }: ApplicationProcessProps,
): ServiceParts {
  const { name, localCommand = [], readyPath } = application;
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
        ...applicationEnvironment(application, { bootstrap: connection.bootstrapServers, registry, port, shutdownMs }),
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
