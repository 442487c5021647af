import { UserError } from '../console/user-error';
import { request, type RegistryRequest } from './registry-request';
import { sameSchema } from './schema-tree';
import type { AvroSchema, Compatibility } from './subject';

const TIMEOUT_MS = 10_000;

/** A version of a subject as a registry holds it. */
export interface RegisteredVersion {
  readonly version: number;
  /** AVRO, JSON or PROTOBUF. */
  readonly schemaType: string;
  /** Absent when it is no Avro. */
  readonly schema?: AvroSchema;
}

/** The part of the Confluent API that the platform needs. Nothing is tried twice; what goes wrong is a {@link UserError}. */
export interface RegistryClient {
  subjects(): Promise<readonly string[]>;
  /** Oldest first; none for a subject that the registry does not have. */
  versions(subject: string): Promise<readonly RegisteredVersion[]>;
  /** The Avro schema that records name by this id. */
  schema(id: number): Promise<AvroSchema>;
  /** As `schema`; undefined when the registry says that it has none of this id. */
  schemaIfAny(id: number): Promise<AvroSchema | undefined>;
  /** The id that records of this schema carry; undefined when no version of the subject means the same. */
  idOf(subject: string, schema: AvroSchema): Promise<number | undefined>;
  /** @returns the id; that of the registered one when the subject has this schema already */
  register(subject: string, schema: AvroSchema): Promise<number>;
  /** Why the registry would refuse a schema by the level that the subject has now; empty when it would not. */
  incompatibilities(subject: string, schema: AvroSchema): Promise<readonly string[]>;
  /** The subject's own level; undefined when only the registry's default holds for it, where Apicurio says NONE. */
  compatibility(subject: string): Promise<string | undefined>;
  /** Of a subject that has a version: Apicurio would make an empty one. */
  setCompatibility(subject: string, compatibility: Compatibility): Promise<void>;
  /** Deletes a subject for good, with all of its versions; one that is not there is gone already. */
  remove(subject: string): Promise<void>;
}

interface ClientProps {
  /** With the base path: `http://host:8081`, `http://host:8080/apis/ccompat/v7`. */
  readonly url: string;
  /** How long one answer may take. @default 10 s */
  readonly timeoutMs?: number;
}

export function registryClient({ url, timeoutMs = TIMEOUT_MS }: ClientProps): RegistryClient {
  const base = url.replace(/\/+$/, '');
  const call = (path: string, asked: RegistryRequest = {}): Promise<unknown> =>
    request(`${base}${path}`, asked, timeoutMs);
  const at = (subject: string): string => `/subjects/${encodeURIComponent(subject)}`;
  const config = (subject: string): string => `/config/${encodeURIComponent(subject)}`;
  const numbersOf = async (subject: string): Promise<readonly number[]> =>
    ((await call(`${at(subject)}/versions`, { missing: [] })) as readonly number[]).toSorted((a, b) => a - b);
  const version = async (subject: string, number: number): Promise<VersionAnswer> =>
    (await call(`${at(subject)}/versions/${number}`)) as VersionAnswer;
  const compatibility = async (subject: string): Promise<string | undefined> => {
    const answer = (await call(config(subject), { missing: {} })) as { readonly compatibilityLevel?: string };
    return answer.compatibilityLevel;
  };
  return {
    subjects: async () => (await call('/subjects')) as readonly string[],
    versions: async (subject) => {
      const numbers = await numbersOf(subject);
      return (await Promise.all(numbers.map((number) => version(subject, number)))).map(registeredVersion);
    },
    schema: async (id) => schemaOf(((await call(`/schemas/ids/${id}`)) as SchemaAnswer).schema),
    schemaIfAny: async (id) => {
      const answer = (await call(`/schemas/ids/${id}`, { missing: undefined })) as SchemaAnswer | undefined;
      if (answer === undefined || typeof answer.schema === 'string') return answer && schemaOf(answer.schema);
      throw new UserError(
        `${base} answers without a schema for id ${id}.`,
        'see that the address is that of a registry',
      );
    },
    idOf: async (subject, schema) => {
      const asked = { method: 'POST', body: bodyOf(schema), missing: undefined };
      const found = (await call(at(subject), asked)) as VersionAnswer | undefined;
      if (found !== undefined) return found.id;
      // Some registries compare texts: what somebody else wrote down in other words is found here.
      for (const number of await numbersOf(subject)) {
        const answer = await version(subject, number);
        const { schema: registered } = registeredVersion(answer);
        if (registered !== undefined && sameSchema(registered, schema)) return answer.id;
      }
      return undefined;
    },
    register: async (subject, schema) => {
      const answer = await call(`${at(subject)}/versions`, { method: 'POST', body: bodyOf(schema) });
      return (answer as { readonly id: number }).id;
    },
    incompatibilities: async (subject, schema) => {
      // Without a version in the path, Apicurio compares with all of them, whatever the level.
      const which = (await compatibility(subject))?.endsWith('_TRANSITIVE') === true ? '' : '/latest';
      const path = `/compatibility${at(subject)}/versions${which}?verbose=true`;
      const missing = { is_compatible: true };
      const answer = (await call(path, { method: 'POST', body: bodyOf(schema), missing })) as CompatibilityAnswer;
      if (answer.is_compatible) return [];
      return answer.messages === undefined || answer.messages.length === 0 ? ['it does not say why'] : answer.messages;
    },
    compatibility,
    setCompatibility: async (subject, compatibility) => {
      await call(config(subject), { method: 'PUT', body: { compatibility } });
    },
    remove: async (subject) => {
      // Nothing is deleted for good that was not deleted before.
      await call(at(subject), { method: 'DELETE', missing: [] });
      await call(`${at(subject)}?permanent=true`, { method: 'DELETE', missing: [] });
    },
  };
}

interface SchemaAnswer {
  /** The schema's text. */
  readonly schema: string;
}

interface VersionAnswer extends SchemaAnswer {
  readonly id: number;
  readonly version: number;
  /** Left out for Avro. */
  readonly schemaType?: string;
}

interface CompatibilityAnswer {
  readonly is_compatible: boolean;
  readonly messages?: readonly string[];
}

const bodyOf = (schema: AvroSchema): SchemaAnswer => ({ schema: JSON.stringify(schema) });

const registeredVersion = ({ version, schemaType = 'AVRO', schema }: VersionAnswer): RegisteredVersion => ({
  version,
  schemaType,
  ...(schemaType === 'AVRO' ? { schema: schemaOf(schema) } : {}),
});

/** Registries take a primitive's bare name, too. */
function schemaOf(text: string): AvroSchema {
  try {
    return JSON.parse(text) as AvroSchema;
  } catch {
    return text;
  }
}
