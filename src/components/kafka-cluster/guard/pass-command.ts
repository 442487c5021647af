import { runtimeCommand } from '../../../kubernetes/runtime-command';

/** Argument with which the guard's program ends what its running guard waits for. */
export const PASS = 'pass';

interface GuardPlace {
  readonly namespace: string;
  /** Of the guard. */
  readonly pod: string;
}

/** The command by which an operator ends the wait of a guard: of a held-up stop, or for a broker that catches up. */
export const passCommand = ({ namespace, pod }: GuardPlace): string =>
  `kubectl -n ${namespace} exec ${pod} -c guard -- ${runtimeCommand('guard').join(' ')} ${PASS}`;
