import { UserError } from '../../console/user-error';
import { RegistryRefusal, RegistryUnreachable } from '../../schemas/registry-request';
import { FatalError, OutageError } from '../consumer/errors';

const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;

/**
 * What an error of the registry's client means to who reads or writes records: an outage passes, a wrong address or
 * missing rights do not, and neither says anything about a record. Other errors stay what they are.
 */
export function registryFailure(error: unknown): unknown {
  if (isOutage(error)) return new OutageError(error.message, { cause: error });
  return error instanceof UserError ? new FatalError(error.message, { cause: error }) : error;
}

const isOutage = (error: unknown): error is UserError =>
  error instanceof RegistryUnreachable ||
  (error instanceof RegistryRefusal &&
    (error.status >= 500 || error.status === REQUEST_TIMEOUT || error.status === TOO_MANY_REQUESTS));
