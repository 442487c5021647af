import { UserError } from '../console/user-error';
import { incompatibilities } from '../schemas/compatibility';
import { registryClient, type RegistryClient } from '../schemas/registry-client';
import { RegistryRefusal } from '../schemas/registry-request';
import { sameSchema } from '../schemas/schema-tree';
import { valueSubject, type AvroSchema, type Subject } from '../schemas/subject';
import { verifySchemas } from '../schemas/verify';
import { failed, passed, skipped, type Check, type Outcome } from './check';
import { settled } from './settled';

const LEVEL = 'FULL_TRANSITIVE';
const CONFLICT = 409;

/** The field that records of the versions before do not have. */
const BREAKING_FIELD = 'required';

const probe = (...fields: readonly object[]): AvroSchema => ({
  type: 'record',
  name: 'Probe',
  namespace: 'platform.smoke',
  doc: 'Never written: the smoke test’s own, to see schemas evolve.',
  fields: [{ name: 'id', type: 'string' }, ...fields],
});

const FIRST = probe();
const COMPATIBLE = probe({ name: 'note', type: ['null', 'string'], default: null });
const INCOMPATIBLE = probe({ name: BREAKING_FIELD, type: 'string' });

/** The registry has the catalogue as it is written, lets schemas evolve and refuses what would break their readers. */
export const schemasCheck: Check = {
  name: 'schemas',
  async run({ services, subjects, settleMs, run }, note) {
    if (services.registry === undefined) return skipped('no schema registry here');
    const registry = registryClient({ url: services.registry });
    const catalogue = await settled(settleMs, () => answered(() => asWritten(registry, subjects)));
    if (catalogue.status === 'failed') return catalogue;
    note('a subject of its own evolves');
    return answered(async () => {
      const faults = await faultsOf(registry, valueSubject(`platform-smoke-${run}`));
      if (faults.length > 0) return failed(faults.join('; '), faults);
      return passed(`${catalogue.summary}; an incompatible schema is refused with ${CONFLICT}`);
    });
  },
};

async function asWritten(registry: RegistryClient, subjects: readonly Subject[]): Promise<Outcome> {
  const differences = await verifySchemas({ registry, subjects });
  if (differences.length === 0) return passed(`${subjects.length} subjects as in the catalogue`);
  return failed(`${differences.length} differences: ${differences.slice(0, 3).join('; ')}`, differences);
}

/** A registry that does not answer says nothing about the brokers, without which all other checks are skipped. */
async function answered(check: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof UserError) return failed(error.message.replaceAll('\n', ' '));
    throw error;
  }
}

/** What is wrong with the way in which a registry lets a new subject evolve; leaves nothing behind. */
export async function faultsOf(registry: RegistryClient, subject: string): Promise<readonly string[]> {
  try {
    const first = await registry.register(subject, FIRST);
    await registry.setCompatibility(subject, LEVEL);
    const second = await registry.register(subject, COMPATIBLE);
    const read = [await registry.schema(first), await registry.schema(second)];
    const status = await statusOf(registry.register(subject, INCOMPATIBLE));
    return [
      ...when(!sameAll(read, [FIRST, COMPATIBLE]), 'its ids do not lead to the schemas that were registered'),
      ...when(status !== CONFLICT, `an incompatible schema is answered with ${status} instead of ${CONFLICT}`),
      ...when(!ownCheckNamesTheField(subject), `our own check does not name the field \`${BREAKING_FIELD}\``),
    ];
  } finally {
    await registry.remove(subject);
  }
}

const sameAll = (read: readonly AvroSchema[], written: readonly AvroSchema[]): boolean =>
  written.every((schema, index) => sameSchema(schema, read[index] ?? ''));

/** What the registry answers to a request that it may refuse. */
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
