import { UserError } from '../../../../src/validation/user-error';
import { applySchemas } from '../../../../src/components/schemas/apply';
import type { RegistryClient } from '../../../../src/registry-client/registry-client';
import type { AvroSchema, Compatibility, Subject } from '../../../../src/avro/subject';
import { A, B, record } from './builders';

const V1 = record([A]);
const V2 = record([A, { ...B, default: 0 }]);

const subject = (name: string, ...versions: readonly AvroSchema[]): Subject => ({
  subject: name,
  compatibility: 'FULL',
  versions,
});

/** A registry in memory that records every change and can refuse valid ones. */
class FakeRegistry implements RegistryClient {
  readonly changes: string[] = [];
  refusals: readonly string[] = [];
  failsAt: string | undefined;
  private readonly schemas = new Map<string, AvroSchema[]>();
  private readonly levels = new Map<string, string>();

  subjects = () => Promise.resolve([...this.schemas.keys()]);

  versions = (name: string) =>
    Promise.resolve(this.of(name).map((schema, index) => ({ version: index + 1, schemaType: 'AVRO', schema })));

  compatibility = (name: string) => Promise.resolve(this.levels.get(name));

  incompatibilities = () => Promise.resolve(this.refusals);

  schema = () => Promise.reject(new Error('not needed'));

  schemaIfAny = () => Promise.reject(new Error('not needed'));
  usesOf = () => Promise.reject(new Error('not needed'));

  idOf = () => Promise.reject(new Error('not needed'));

  remove = () => Promise.reject(new Error('not needed'));

  register = (name: string, schema: AvroSchema) => {
    const version = this.of(name).length + 1;
    const change = `${name} version ${version}`;
    if (this.failsAt === change) return Promise.reject(new UserError('The disk is full.', 'fix it'));
    this.changes.push(change);
    this.schemas.set(name, [...this.of(name), schema]);
    return Promise.resolve(version);
  };

  setCompatibility = (name: string, level: Compatibility) => {
    this.changes.push(`${name} ${level}`);
    this.levels.set(name, level);
    return Promise.resolve();
  };

  private of = (name: string): readonly AvroSchema[] => this.schemas.get(name) ?? [];
}

describe('applying schemas', () => {
  it('sets the level of a new subject between its first version and the next', async () => {
    const registry = new FakeRegistry();
    await applySchemas({ registry, subjects: [subject('a', V1, V2)] });
    expect(registry.changes).toEqual(['a version 1', 'a FULL', 'a version 2']);
  });

  it('changes the level before it registers', async () => {
    const registry = new FakeRegistry();
    await applySchemas({ registry, subjects: [{ ...subject('b', V1), compatibility: 'NONE' }] });
    registry.changes.length = 0;
    await applySchemas({ registry, subjects: [subject('a', V1), subject('b', V1, V2)] });
    expect(registry.changes).toEqual(['b FULL', 'a version 1', 'a FULL', 'b version 2']);
  });

  it('changes nothing if only the registry’s own check finds an incompatibility', async () => {
    const registry = new FakeRegistry();
    await applySchemas({ registry, subjects: [subject('a', V1)] });
    registry.changes.length = 0;
    registry.refusals = ['field b is odd'];
    await expect(applySchemas({ registry, subjects: [subject('a', V1, V2), subject('b', V1)] })).rejects.toThrow(
      'The registry refuses the plan; nothing was registered:\n  a version 2: field b is odd\n',
    );
    expect(registry.changes).toEqual([]);
  });

  it('reports a partial run, and continues from there in the next one', async () => {
    const registry = new FakeRegistry();
    const subjects = [subject('a', V1), subject('b', V1, V2)];
    registry.failsAt = 'b version 2';
    await expect(applySchemas({ registry, subjects })).rejects.toThrow(
      'Part of the plan may have been applied; what is done stays done.\nThe disk is full.',
    );
    registry.failsAt = undefined;
    registry.changes.length = 0;
    await applySchemas({ registry, subjects });
    expect(registry.changes).toEqual(['b version 2']);
  });

  it('registers nothing if one version of one subject is forbidden', async () => {
    const registry = new FakeRegistry();
    const subjects = [subject('a', V1), subject('b', V1, record([A, B]))];
    await expect(applySchemas({ registry, subjects })).rejects.toThrow(
      /nothing was changed[\s\S]*field `b` was added without a default/,
    );
    expect(registry.changes).toEqual([]);
  });
});
