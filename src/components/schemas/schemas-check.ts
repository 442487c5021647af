import { UserError } from '../../validation/user-error';
import { incompatibilities } from './compatibility';
import { notesIn } from './format-plan';
import { readPlan } from './read-plan';
import { registryClient, type RegistryClient } from '../../registry-client/registry-client';
import { RegistryRefusal } from '../../registry-client/registry-request';
import { sameSchema } from '../../avro/schema-tree';
import { valueSubject, type AvroSchema, type Subject } from '../../avro/subject';
import { differencesIn } from './verify';
import { failed, passed, skipped, type Outcome } from '../outcome';
import { SCHEMA_REGISTRY } from '../schema-registry/names';
import type { Check } from '../../smoke/check';
import { settled } from '../../smoke/settled';

const LEVEL = 'FULL_TRANSITIVE';
const CONFLICT = 409;

/** A required field that records of earlier versions do not have. */
const BREAKING_FIELD = 'required';

const probe = (...fields: readonly object[]): AvroSchema => ({
  type: 'record',
  name: 'Probe',
  namespace: 'platform.smoke',
  doc: 'Used by the smoke test to check schema evolution; no record is written with it.',
  fields: [{ name: 'id', type: 'string' }, ...fields],
});

const FIRST = probe();
const COMPATIBLE = probe({ name: 'note', type: ['null', 'string'], default: null });
const INCOMPATIBLE = probe({ name: BREAKING_FIELD, type: 'string' });

/**
 * Checks that the registry contains the catalogue, accepts compatible versions and rejects versions that would break
 * readers.
 */
export const schemasCheck: Check = {
  name: 'schemas',
  async run({ services, subjects, settleMs, run }, note) {
    const url = services[SCHEMA_REGISTRY];
    if (url === undefined) return skipped('this platform has no schema registry');
    const registry = registryClient({ url });
    const catalogue = await settled(settleMs, () => answered(() => asWritten(registry, subjects)));
    if (catalogue.status === 'failed') return catalogue;
    note('registering versions of a test subject');
    return answered(async () => {
      const faults = await faultsOf(registry, valueSubject(`platform-smoke-${run}`));
      if (faults.length > 0) return failed(faults.join('; '), faults);
      return passed(`${catalogue.summary}; an incompatible schema is rejected with ${CONFLICT}`);
    });
  },
};

async function asWritten(registry: RegistryClient, subjects: readonly Subject[]): Promise<Outcome> {
  const steps = await readPlan({ registry, subjects });
  const differences = differencesIn(steps);
  if (differences.length === 0)
    return passed([`${subjects.length} subjects as in the catalogue`, ...notesIn(steps)].join('; '));
  return failed(`${differences.length} differences: ${differences.slice(0, 3).join('; ')}`, differences);
}

/**
 * A registry that does not answer is a failure of this check only. It is not thrown, because unreachable brokers would
 * make all other checks be skipped.
 */
async function answered(check: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof UserError) return failed(error.message.replaceAll('\n', ' '));
    throw error;
  }
}

/** Faults in how the registry evolves a new test subject. The test subject is deleted afterwards. */
export async function faultsOf(registry: RegistryClient, subject: string): Promise<readonly string[]> {
  try {
    const first = await registry.register(subject, FIRST);
    await registry.setCompatibility(subject, LEVEL);
    const second = await registry.register(subject, COMPATIBLE);
    const read = [await registry.schema(first), await registry.schema(second)];
    const status = await statusOf(registry.register(subject, INCOMPATIBLE));
    return [
      ...when(!sameAll(read, [FIRST, COMPATIBLE]), 'its ids do not refer to the registered schemas'),
      ...when(status !== CONFLICT, `an incompatible schema is answered with ${status} instead of ${CONFLICT}`),
      ...when(!ownCheckNamesTheField(subject), `our own check does not name the field \`${BREAKING_FIELD}\``),
    ];
  } finally {
    await registry.remove(subject);
  }
}

const sameAll = (read: readonly AvroSchema[], written: readonly AvroSchema[]): boolean =>
  written.every((schema, index) => sameSchema(schema, read[index] ?? ''));

/** HTTP status of a request that the registry may reject. */
const statusOf = (request: Promise<unknown>): Promise<number> =>
  request.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof RegistryRefusal) return error.status;
      throw error;
    },
  );

function ownCheckNamesTheField(subject: string): boolean {
  const found = incompatibilities({ subject, compatibility: LEVEL, versions: [FIRST, COMPATIBLE, INCOMPATIBLE] });
  return found.some(({ reason }) => reason.includes(`\`${BREAKING_FIELD}\``));
}

const when = (condition: boolean, fault: string): readonly string[] => (condition ? [fault] : []);
