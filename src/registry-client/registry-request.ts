import { UserError } from '../validation/user-error';
import { missingShape } from './registry-shapes';
import { commandLine } from '../validation/command-line';

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

/**
 * A connection that is kept may be closed at the moment of its next use. One that was made before the address of a Service was known to
 * its node leads to another server for as long as it is kept.
 */
const OWN_CONNECTION = { connection: 'close' };

/**
 * Fixes by the API's error code, or by the HTTP status if there is no code. Source: Confluent's schema registry API
 * reference.
 */
const FIXES: Readonly<Record<number, string>> = {
  401: 'give the address of a registry that this client may use',
  403: 'grant the request to this client',
  409: 'make the schema one that the level of its subject allows, or change the level in the catalogue',
  429: 'wait, then run again',
  40401: `${commandLine('schemas apply')} makes the subjects of the catalogue`,
  40402: `${commandLine('schemas plan')} shows which versions the registry has`,
  40403: 'let writers use a schema that the registry has',
  42201: `correct the schema; ${commandLine('schemas check')} says what is wrong with those of the catalogue`,
  42203: 'name a level that the registry knows',
  42205: 'take the subject, or the registry, out of its read-only mode',
  50001: 'see the log of the registry, and whether it can write to its topic in Kafka',
  50002: 'see the log of the registry, and whether it can write to its topic in Kafka',
  50003: 'see which instance of the registry leads',
};

/** The registry understood the request and rejected it. */
export class RegistryRefusal extends UserError {
  constructor(
    readonly status: number,
    problem: string,
    code?: number,
  ) {
    super(problem, FIXES[code ?? status] ?? FIXES[status] ?? 'fix what it names, then run again');
  }
}

/** The server is not a schema registry, or the path does not exist. */
export class NoRegistry extends UserError {}

/** Nobody answers, or not in time. */
export class RegistryUnreachable extends UserError {
  constructor(
    url: string,
    /** What happened instead, in a few words. */
    readonly why: string,
  ) {
    super(`No answer from the schema registry at ${url}: ${why}.`, 'see that it runs and that its address is right');
  }
}

export interface RegistryRequest {
  /** @default GET */
  readonly method?: string;
  readonly body?: unknown;
  /** Result if the registry reports that the resource does not exist; without this property it is an error. */
  readonly missing?: unknown;
}

interface ErrorAnswer {
  readonly error_code?: number;
  readonly message?: string;
}

/**
 * Sends one request of the Confluent API. @returns the JSON of the response
 * @throws {RegistryRefusal} with the registry's reason
 * @throws {RegistryUnreachable} if nothing answers
 * @throws {NoRegistry} if the server is not a schema registry
 */
export async function request(url: string, asked: RegistryRequest, timeoutMs: number): Promise<unknown> {
  const { method = 'GET', body } = asked;
  const { status, text } = await answerOf(url, timeoutMs, {
    method,
    headers: { accept: `${CONTENT_TYPE}, application/json`, 'content-type': CONTENT_TYPE, ...OWN_CONNECTION },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = parsed(text);
  if (answer !== undefined && status >= 200 && status < 300) {
    const expected = missingShape(method, url, answer);
    if (expected === undefined) return answer;
    throw noRegistry(url, `${text.slice(0, 100)}, and not with ${expected}`);
  }
  const { error_code: code, message = text.slice(0, 200) } = (answer ?? {}) as ErrorAnswer;
  // A 404 without one of the API's codes (40401 and others) means a wrong path and says nothing about subjects.
  if (code === undefined && status < 500) throw noRegistry(url, `${status} ${text.slice(0, 100)}`);
  if (status === 404 && code !== 404 && 'missing' in asked) return asked.missing;
  const numbers = code === undefined ? status : `${status}, code ${code}`;
  throw new RegistryRefusal(status, `The schema registry refuses ${method} ${url}: ${message} (${numbers}).`, code);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function answerOf(url: string, timeoutMs: number, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { cause, message, name } = error as FetchError;
    const why =
      name === 'TimeoutError' ? `nothing within ${timeoutMs / 1_000} s` : (cause?.code ?? cause?.message ?? message);
    throw new RegistryUnreachable(url, why);
  }
}

type FetchError = Error & { readonly cause?: { readonly code?: string; readonly message?: string } };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

const noRegistry = (url: string, answer: string): NoRegistry =>
  new NoRegistry(
    `${url} is no part of a schema registry; it answers: ${answer}`,
    'give the address with its base path: Confluent’s has none, Apicurio’s is /apis/ccompat/v7',
  );
