import { UserError } from '../console/user-error';

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

/** A request that the registry understands and does not do. */
export class RegistryRefusal extends UserError {
  constructor(
    readonly status: number,
    problem: string,
  ) {
    super(problem, 'mend what it names, then run again');
  }
}

/** Nobody answers, or not in time. */
export class RegistryUnreachable extends UserError {}

export interface RegistryRequest {
  /** @default GET */
  readonly method?: string;
  readonly body?: unknown;
  /** The result when the registry says that it has no such thing; an error without this. */
  readonly missing?: unknown;
}

interface ErrorAnswer {
  readonly error_code?: number;
  readonly message?: string;
}

/**
 * One request of the Confluent API. @returns the answer's JSON
 * @throws {RegistryRefusal} with the registry's reason
 * @throws {RegistryUnreachable} when nobody answers
 * @throws {UserError} when something answers that is no registry
 */
export async function request(url: string, asked: RegistryRequest, timeoutMs: number): Promise<unknown> {
  const { method = 'GET', body } = asked;
  const { status, text } = await answerOf(url, timeoutMs, {
    method,
    headers: { accept: `${CONTENT_TYPE}, application/json`, 'content-type': CONTENT_TYPE },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = parsed(text);
  if (answer !== undefined && status >= 200 && status < 300) return answer;
  const { error_code: code, message = text.slice(0, 200) } = (answer ?? {}) as ErrorAnswer;
  // A 404 without one of the API's codes (40401 and others) is that of a wrong path, and says nothing about subjects.
  if (code === undefined && status < 500) throw noRegistry(url, `${status} ${text.slice(0, 100)}`);
  if (status === 404 && code !== 404 && 'missing' in asked) return asked.missing;
  const numbers = code === undefined ? status : `${status}, code ${code}`;
  throw new RegistryRefusal(status, `The schema registry refuses ${method} ${url}: ${message} (${numbers}).`);
}

async function answerOf(url: string, timeoutMs: number, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { cause, message, name } = error as Error & { cause?: { code?: string; message?: string } };
    const why =
      name === 'TimeoutError' ? `nothing within ${timeoutMs / 1_000} s` : (cause?.code ?? cause?.message ?? message);
    throw new RegistryUnreachable(
      `No answer from the schema registry at ${url}: ${why}.`,
      'see that it runs and that its address is right',
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const noRegistry = (url: string, answer: string): UserError =>
  new UserError(
    `${url} is no part of a schema registry; it answers: ${answer}`,
    'give the address with its base path: Confluent’s has none, Apicurio’s is /apis/ccompat/v7',
  );
