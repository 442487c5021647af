import { mayPass } from '../quiet-kafka';

/** Will fail as often as it is tried: bytes that do not decode, a value that breaks a rule. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Will pass with time, as an outage does: tried again for as long as it lasts, however long that is. */
export class RetriableError extends Error {
  override readonly name: string = 'RetriableError';
  readonly retriable = true;
}

/**
 * What every record needs is away, such as the registry: no record is to blame. Tried again where it is for as long as it
 * lasts, also by consumers that give up on other errors that may pass.
 */
export class OutageError extends RetriableError {
  override readonly name: string = 'OutageError';
}

/** Nothing can be handled as long as this is not mended: credentials, configuration, an unreachable dead-letter topic. */
export class FatalError extends Error {
  override readonly name = 'FatalError';
}

/** A call of a handler took longer than it may. Nobody knows whether it will pass: it counts as unclassified. */
export class HandlerTimedOut extends Error {
  override readonly name = 'HandlerTimedOut';

  constructor(limitMs: number) {
    super(`the handler was not done within ${limitMs} ms`);
  }
}

/** `unclassified`: neither the handler nor the client it uses says; may pass or not. */
export type ErrorClass = 'permanent' | 'retriable' | 'outage' | 'fatal' | 'unclassified';

/** What an error asks for. An error of Kafka's client says of itself whether it is retriable. */
export function classify(error: unknown): ErrorClass {
  if (error instanceof PermanentError) return 'permanent';
  if (error instanceof FatalError) return 'fatal';
  if (error instanceof OutageError) return 'outage';
  return mayPass(error) ? 'retriable' : 'unclassified';
}
