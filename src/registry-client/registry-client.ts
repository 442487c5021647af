import { UserError } from '../validation/user-error';
import { NoRegistry, RegistryRefusal, request, type RegistryRequest } from './registry-request';
import {
  referringSchema,
  resolvedSchema,
  UnresolvedReference,
  type ReferringSchema,
  type SchemaAnswer,
} from './schema-references';
import { sameSchema } from '../avro/schema-tree';
import type { AvroSchema, Compatibility } from '../avro/subject';

const TIMEOUT_MS = 10_000;
const UNPROCESSABLE = 422;

/** A version of a subject in a registry. */
export interface RegisteredVersion {
  readonly version: number;
  /** AVRO, JSON or PROTOBUF. */
  readonly schemaType: string;
  /**
   * Undefined if the schema is not Avro or cannot be read; `fault` contains the reason. References are resolved, so the
   * schema is self-contained.
   */
  readonly schema?: AvroSchema;
  readonly fault?: string;
}

export interface SubjectVersion {
  readonly subject: string;
  readonly version: number;
}

/** A schema of another kind than Avro. */
export class NotAvro extends UserError {
  constructor(title: string, schemaType: string) {
    super(`${title} is ${schemaType}, not Avro.`, 'let writers use an Avro schema');
  }
}

/**
 * The part of the Confluent API that the platform uses. Requests are not retried; errors are {@link UserError}s.
 * Schemas are returned with all references inlined.
 */
export interface RegistryClient {
  subjects(): Promise<readonly string[]>;
  /** Versions, oldest first; empty if the registry does not have the subject. */
  versions(subject: string): Promise<readonly RegisteredVersion[]>;
  /** The Avro schema with this id, as contained in records. */
  schema(id: number): Promise<AvroSchema>;
  /**
   * Like `schema`; undefined if the registry has no schema with this id. @throws {NotAvro} for another kind of schema
   */
  schemaIfAny(id: number): Promise<AvroSchema | undefined>;
  /** Subjects and versions that have the schema of this id; empty for an unknown id. */
  usesOf(id: number): Promise<readonly SubjectVersion[]>;
  /** The id of this schema in records; undefined if no version of the subject has the same meaning. */
  idOf(subject: string, schema: AvroSchema): Promise<number | undefined>;
  /** @returns the id; the existing one if the subject already has this schema */
  register(subject: string, schema: AvroSchema): Promise<number>;
  /**
   * Reasons why the registry would reject a schema under the subject's current compatibility level; empty if it would
   * not.
   */
  incompatibilities(subject: string, schema: AvroSchema): Promise<readonly string[]>;
  /** The subject's own level; undefined if only the registry's default applies, for which Apicurio returns NONE. */
  compatibility(subject: string): Promise<string | undefined>;
  /** The subject must have a version; otherwise Apicurio would create an empty subject. */
  setCompatibility(subject: string, compatibility: Compatibility): Promise<void>;
  /**
   * The mode of a subject, or of the registry if no subject is given: READWRITE, or another mode that was set.
   * Undefined if no mode is set or the registry does not support modes. The method is undefined in a registry client
   * that is not asked for modes.
   */
  mode?(subject?: string): Promise<string | undefined>;
  /** Removes the mode of a subject, so that the registry's mode applies. */
  resetMode?(subject: string): Promise<void>;
  /** Deletes a subject permanently with all versions. It is not an error if the subject does not exist. */
  remove(subject: string): Promise<void>;
}

interface ClientProps {
  /** URL with base path: `http://host:8081`, `http://host:8080/apis/ccompat/v7`. */
  readonly url: string;
  /** Timeout of one request. @default 10 s */
  readonly timeoutMs?: number;
}

export function registryClient({ url, timeoutMs = TIMEOUT_MS }: ClientProps): RegistryClient {
  const base = url.replace(/\/+$/, '');
  const call = (path: string, asked: RegistryRequest = {}): Promise<unknown> =>
    request(`${base}${path}`, asked, timeoutMs);
  const at = (subject: string): string => `/subjects/${encodeURIComponent(subject)}`;
  const config = (subject: string): string => `/config/${encodeURIComponent(subject)}`;
  const mode = (subject: string): string => `/mode/${encodeURIComponent(subject)}`;
  const numbersOf = async (subject: string): Promise<readonly number[]> =>
    ((await call(`${at(subject)}/versions`, { missing: [] })) as readonly number[]).toSorted((a, b) => a - b);
  const version = async (subject: string, number: number): Promise<VersionAnswer> =>
    (await call(`${at(subject)}/versions/${number}`)) as VersionAnswer;
  const ask = async (subject: string, number: number): Promise<SchemaAnswer | undefined> =>
    (await call(`${at(subject)}/versions/${number}`, { missing: undefined })) as SchemaAnswer | undefined;
  const resolved = (answer: VersionAnswer, subject: string): Promise<RegisteredVersion> =>
    registeredVersion(answer, { title: `${subject} version ${answer.version}`, ask });
  const byId = async (id: number, answer: SchemaAnswer): Promise<AvroSchema> => {
    const title = `schema id ${id}`;
    const { schemaType = 'AVRO' } = answer;
    if (schemaType !== 'AVRO') throw new NotAvro(title, schemaType);
    return resolvedSchema(answer, title, ask);
  };
  /**
   * The schema with the same references as the subject's newest version; undefined if that version has none or cannot
   * be read.
   */
  const likeNewest = async (subject: string, schema: AvroSchema): Promise<ReferringSchema | undefined> => {
    try {
      const newest = (await numbersOf(subject)).at(-1);
      const { references = [] } = newest === undefined ? {} : await version(subject, newest);
      return references.length === 0 ? undefined : await referringSchema(schema, references, ask);
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  };
  const compatibility = async (subject: string): Promise<string | undefined> => {
    const answer = (await call(config(subject), { missing: {} })) as { readonly compatibilityLevel?: string };
    return answer.compatibilityLevel;
  };
  return {
    subjects: async () => (await call('/subjects')) as readonly string[],
    versions: async (subject) => {
      const numbers = await numbersOf(subject);
      return Promise.all(numbers.map(async (number) => resolved(await version(subject, number), subject)));
    },
    schema: async (id) => byId(id, (await call(`/schemas/ids/${id}`)) as SchemaAnswer),
    schemaIfAny: async (id) => {
      const answer = (await call(`/schemas/ids/${id}`, { missing: undefined })) as SchemaAnswer | undefined;
      if (answer === undefined || typeof answer.schema === 'string') return answer && byId(id, answer);
      throw new UserError(
        `${base} answers without a schema for id ${id}.`,
        'see that the address is that of a registry',
      );
    },
    usesOf: async (id) => (await call(`/schemas/ids/${id}/versions`, { missing: [] })) as readonly SubjectVersion[],
    idOf: async (subject, schema) => {
      const asked = { method: 'POST', body: bodyOf(schema), missing: undefined };
      const found = (await call(at(subject), asked)) as VersionAnswer | undefined;
      if (found !== undefined) return found.id;
      // Some registries compare texts. This finds a schema that was registered in a different notation.
      for (const number of await numbersOf(subject)) {
        const answer = await version(subject, number);
        const { schema: registered } = await resolved(answer, subject);
        if (registered !== undefined && sameSchema(registered, schema)) return answer.id;
      }
      return undefined;
    },
    register: async (subject, schema) => {
      const post = async (body: object): Promise<number> =>
        ((await call(`${at(subject)}/versions`, { method: 'POST', body })) as { readonly id: number }).id;
      return post(bodyOf(schema)).catch(async (error: unknown) => {
        // Apicurio 3.3.3 cannot compare a self-contained schema with one that has references.
        const body = isUnprocessable(error) ? await likeNewest(subject, schema) : undefined;
        if (body === undefined) throw error;
        return post(body);
      });
    },
    incompatibilities: async (subject, schema) => {
      // Without a version in the path, Apicurio compares with all versions, whatever the level.
      const which = (await compatibility(subject))?.endsWith('_TRANSITIVE') === true ? '' : '/latest';
      const path = `/compatibility${at(subject)}/versions${which}?verbose=true`;
      const missing = { is_compatible: true };
      const asked = { method: 'POST', body: bodyOf(schema), missing };
      const answer = (await call(path, asked).catch(async (error: unknown) => {
        // Apicurio cannot check a schema with references in advance; it checks it at registration.
        if (isUnprocessable(error) && (await likeNewest(subject, schema)) !== undefined) return missing;
        throw error;
      })) as CompatibilityAnswer;
      if (answer.is_compatible) return [];
      return answer.messages === undefined || answer.messages.length === 0 ? ['it does not say why'] : answer.messages;
    },
    compatibility,
    setCompatibility: async (subject, compatibility) => {
      await call(config(subject), { method: 'PUT', body: { compatibility } });
    },
    mode: async (subject) => {
      const path = subject === undefined ? '/mode' : mode(subject);
      const answer = (await call(path, { missing: {} }).catch((error: unknown) => {
        if (error instanceof NoRegistry) return {};
        throw error;
      })) as { readonly mode?: string };
      return answer.mode;
    },
    resetMode: async (subject) => {
      await call(mode(subject), { method: 'DELETE', missing: {} });
    },
    remove: async (subject) => {
      // A permanent deletion requires a previous soft deletion.
      await call(at(subject), { method: 'DELETE', missing: [] });
      await call(`${at(subject)}?permanent=true`, { method: 'DELETE', missing: [] });
    },
  };
}

interface VersionAnswer extends SchemaAnswer {
  readonly id: number;
  readonly version: number;
}

interface CompatibilityAnswer {
  readonly is_compatible: boolean;
  readonly messages?: readonly string[];
}

const isUnprocessable = (error: unknown): boolean => error instanceof RegistryRefusal && error.status === UNPROCESSABLE;

const bodyOf = (schema: AvroSchema): { readonly schema: string } => ({ schema: JSON.stringify(schema) });

/**
 * A version with unresolvable references is returned without a schema, so that the subject's other versions remain
 * available.
 */
async function registeredVersion(
  answer: VersionAnswer,
  { title, ask }: { readonly title: string; readonly ask: Parameters<typeof resolvedSchema>[2] },
): Promise<RegisteredVersion> {
  const { version, schemaType = 'AVRO' } = answer;
  if (schemaType !== 'AVRO') return { version, schemaType };
  try {
    return { version, schemaType, schema: await resolvedSchema(answer, title, ask) };
  } catch (error) {
    if (error instanceof UnresolvedReference) return { version, schemaType, fault: error.message };
    throw error;
  }
}
