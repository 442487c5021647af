import { compatibilityProblems } from '../../../../src/components/schemas/compatibility-problems';
import { incompatibilities } from '../../../../src/components/schemas/compatibility';
import type { AvroSchema, Compatibility } from '../../../../src/avro/subject';
import { A, B, color, field, fixed, line, record } from './builders';

const reasons = (compatibility: Compatibility, ...versions: readonly AvroSchema[]): readonly string[] =>
  incompatibilities({ subject: 'orders-value', compatibility, versions }).map(({ reason }) => reason);

describe('compatibility names the field', () => {
  const BACK = 'readers with version 2 cannot read records of version 1';
  const FORTH = 'readers with version 1 cannot read records of version 2';

  it.each<readonly [string, Compatibility, AvroSchema, AvroSchema, string]>([
    ['added', 'BACKWARD', record([A]), record([A, B]), `field \`b\` was added without a default: ${BACK}`],
    [
      'removed',
      'FORWARD',
      record([A, B]),
      record([A]),
      `field \`b\` was removed, and has no default in version 1: ${FORTH}`,
    ],
    ['changed', 'BACKWARD', field('string'), field('long'), `field \`f\` changed from string to long: ${BACK}`],
    [
      'changed both ways',
      'FULL',
      field('string'),
      field('long'),
      `field \`f\` changed from string to long: ${BACK}, and ${FORTH}`,
    ],
    ['widened', 'FULL', field('int'), field('long'), `field \`f\` changed from int to long: ${FORTH}`],
    [
      'no longer optional',
      'BACKWARD',
      field(['null', 'string']),
      field('string'),
      `field \`f\` changed from null | string to string: ${BACK}`,
    ],
    [
      'with a symbol less',
      'BACKWARD',
      field(color(['RED', 'BLUE'])),
      field(color(['RED'])),
      `symbol \`BLUE\` was removed from enum shop.Color, which has no default in version 2: ${BACK}`,
    ],
    [
      'with a symbol more',
      'FORWARD',
      field(color(['RED'])),
      field(color(['RED', 'BLUE'])),
      `symbol \`BLUE\` was added to enum shop.Color, which has no default in version 1: ${FORTH}`,
    ],
    [
      'deep within',
      'BACKWARD',
      field({ type: 'array', items: ['null', line(A)] }),
      field({ type: 'array', items: ['null', line(A, B)] }),
      `field \`f[].b\` was added without a default: ${BACK}`,
    ],
    [
      'within a map',
      'BACKWARD',
      field({ type: 'map', values: 'string' }),
      field({ type: 'map', values: 'int' }),
      `field \`f{}\` changed from string to int: ${BACK}`,
    ],
    [
      'of another size',
      'BACKWARD',
      field(fixed(8)),
      field(fixed(16)),
      `field \`f\` changed from fixed shop.Hash of 8 bytes to fixed shop.Hash of 16 bytes: ${BACK}`,
    ],
    [
      'renamed as a whole',
      'BACKWARD',
      record([A]),
      record([A], { name: 'Sale' }),
      `the schema changed from record shop.Order to record shop.Sale: ${BACK}`,
    ],
  ])('%s', (_what, level, before, after, reason) => {
    expect(reasons(level, before, after)).toEqual([reason]);
  });

  it('and reports all at once', () => {
    expect(reasons('FULL', record([A, { name: 'c', type: 'int' }]), record([{ ...A, type: 'long' }, B]))).toHaveLength(
      3,
    );
  });
});

describe('a level', () => {
  const plain = record([A]);
  const withB = record([A, B]);
  const withDefault = record([A, { ...B, default: 0 }]);

  it.each<readonly [Compatibility, number, number]>([
    ['BACKWARD', 1, 0],
    ['BACKWARD_TRANSITIVE', 1, 0],
    ['FORWARD', 0, 1],
    ['FORWARD_TRANSITIVE', 0, 1],
    ['FULL', 1, 1],
    ['FULL_TRANSITIVE', 1, 1],
    ['NONE', 0, 0],
  ])('%s refuses %i added and %i removed fields without a default', (level, added, removed) => {
    expect(reasons(level, plain, withB)).toHaveLength(added);
    expect(reasons(level, withB, plain)).toHaveLength(removed);
    expect(reasons(level, plain, withDefault, plain)).toEqual([]);
  });

  it.each<readonly [Compatibility, number]>([
    ['BACKWARD', 0],
    ['BACKWARD_TRANSITIVE', 1],
    ['FULL', 0],
    ['FULL_TRANSITIVE', 1],
  ])('%s looks back far enough', (level, found) => {
    // Version 2 added the default and version 3 removed it: only version 1 lacks the field.
    const versions = [plain, withDefault, record([A, B])];
    const all = incompatibilities({ subject: 's', compatibility: level, versions });
    expect(all).toHaveLength(found);
    if (found > 0) expect(all).toMatchObject([{ version: 3, against: [1] }]);
  });
});

describe('a change that breaks with several versions', () => {
  const plain = record([A]);
  const other = record([A, { name: 'c', type: 'int', default: 0 }]);

  it('is one incompatibility for each affected version', () => {
    const versions = [plain, other, record([A, B]), record([A, B, { name: 'd', type: 'int', default: 0 }])];
    const found = incompatibilities({ subject: 's', compatibility: 'BACKWARD_TRANSITIVE', versions });
    expect(found).toEqual([
      {
        version: 3,
        against: [1, 2],
        reason: 'field `b` was added without a default: readers with version 3 cannot read records of versions 1 and 2',
        fix: 'give `b` a default in version 3',
      },
      expect.objectContaining({ version: 4, against: [1, 2] }),
    ]);
  });

  it('names the affected versions for each direction', () => {
    const versions = [field('int'), field('long'), field('string')];
    expect(incompatibilities({ subject: 's', compatibility: 'FULL_TRANSITIVE', versions })).toMatchObject([
      { version: 2, against: [1], reason: expect.stringContaining('readers with version 1 cannot') as string },
      { version: 3, against: [1] },
      { version: 3, against: [2] },
    ]);
  });

  it('is reported even if a version in between cannot be read, which keeps its number', () => {
    const versions = [plain, undefined, record([A, B])];
    const found = incompatibilities({ subject: 's', compatibility: 'BACKWARD_TRANSITIVE', versions });
    expect(found).toMatchObject([{ version: 3, against: [1] }]);
  });
});

describe('the check without a registry', () => {
  it('reports path, value, allowed values and fix', () => {
    const versions = [record([A]), record([A, B])];
    const files = ['o.v1.avsc', 'o.v2.avsc'];
    expect(compatibilityProblems({ subject: 'orders-value', compatibility: 'FULL', versions, files })).toEqual([
      {
        path: 'orders-value compatibility',
        value: 'FULL',
        message:
          'version 2 (o.v2.avsc) breaks it with version 1: field `b` was added without a default: readers with version 2 cannot read records of version 1',
        allowed: 'fields with a default, added or removed',
        fix: 'give `b` a default in version 2',
      },
    ]);
  });
});
