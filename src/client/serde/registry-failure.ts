import { UserError } from '../../validation/user-error';
import { RegistryRefusal, RegistryUnreachable } from '../../registry-client/registry-request';
import { UnresolvedReference } from '../../registry-client/schema-references';
import { FatalError, OutageError } from '../errors';

const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;

/**
 * Converts an error of the registry client for readers and writers of records. An outage is temporary; a wrong address
 * or missing permissions are not. None of them is caused by a record. Other errors are returned unchanged.
 */
export function registryFailure(error: unknown): unknown {
  if (isOutage(error)) return new OutageError(error.message, { cause: error });
  return error instanceof UserError ? new FatalError(error.message, { cause: error }) : error;
}

/** A missing reference may still be registered, so the records that need it wait. */
const isOutage = (error: unknown): error is UserError =>
  error instanceof RegistryUnreachable ||
  error instanceof UnresolvedReference ||
  (error instanceof RegistryRefusal &&
    (error.status >= 500 || error.status === REQUEST_TIMEOUT || error.status === TOO_MANY_REQUESTS));
