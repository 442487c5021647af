import { Type, type Schema } from 'avsc';
import { compatibilityProblems } from '../../../../src/components/schemas/compatibility-problems';
import { schemaCatalogue } from '../../../../examples/catalogue/schemas/catalogue';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { schemaTree } from '../../../../src/avro/schema-tree';
import { schemas } from '../../../../examples/catalogue/schemas';

const typesOf = (subject: string): readonly Type[] =>
  (loadSubjects(schemas).find((one) => one.subject === subject)?.versions ?? []).map((schema) =>
    Type.forSchema(schema as Schema),
  );

const ORDER = {
  orderId: 'o-1',
  customerId: 'c-1',
  lines: [{ sku: 'cup', quantity: 2, unitAmountMinor: 1_099 }],
  amountMinor: 1_999,
  currency: 'EUR',
  createdAt: Date.UTC(2026, 0, 1),
};

function orderCreated(): { readonly v1: Type; readonly v2: Type } {
  const [v1, v2] = typesOf('orders-value');
  if (v1 === undefined || v2 === undefined) throw new Error('orders lost a version');
  return { v1, v2 };
}

const read = (reader: Type, writer: Type, bytes: Buffer): object => ({
  ...(reader.fromBuffer(bytes, reader.createResolver(writer)) as object),
});

describe('the catalogue of schemas', () => {
  it('keeps its levels between all versions', () => {
    expect(loadSubjects(schemas).flatMap(compatibilityProblems)).toEqual([]);
  });

  it('has one subject for each topic that carries Avro', () => {
    const subjects = loadSubjects(schemas).map(({ subject }) => subject);
    expect(subjects).toEqual([
      'orders-value',
      'orders-paid-value',
      'payments-value',
      'revenue-value',
      'page-views-value',
      'page-view-counts-value',
    ]);
  });

  it.each(
    loadSubjects(schemas).flatMap(({ subject, versions }) =>
      versions.map((schema, index) => [subject, index + 1, schema] as const),
    ),
  )('%s version %i has whole minor units, and times in milliseconds', (_subject, _version, schema) => {
    const { root } = schemaTree(schema);
    const fields = root.kind === 'record' ? root.fields : [];
    const typed = fields.map(({ name, type }) => [name, type] as const);
    for (const [name, type] of typed.filter(([name]) => /amount|price|total/i.test(name))) {
      expect([name, type]).toEqual([expect.stringMatching(/Minor$/), { kind: 'primitive', type: 'long' }]);
    }
    for (const [name, type] of typed.filter(([name]) => name.endsWith('At'))) {
      expect([name, type]).toEqual([name, { kind: 'primitive', type: 'long', logical: 'timestamp-millis' }]);
    }
    expect(fields.map(({ name }) => name).filter((name) => name.endsWith('At'))).toHaveLength(1);
    expect(schema).toHaveProperty('doc');
  });

  it('lists every version of a subject oldest first', () => {
    for (const { versions } of schemaCatalogue) {
      expect(versions.map((file) => /\.v(\d+)\.avsc$/.exec(file)?.[1])).toEqual(
        versions.map((_, index) => `${index + 1}`),
      );
    }
  });
});

describe('OrderCreated', () => {
  it('of version 2 is read by readers of version 1, which do not see the coupon', () => {
    const { v1, v2 } = orderCreated();
    const bytes = v2.toBuffer({ ...ORDER, couponCode: 'SPRING' });
    expect(JSON.parse(JSON.stringify(read(v1, v2, bytes)))).toEqual(ORDER);
  });

  it('of version 1 is read by readers of version 2 as one without a coupon', () => {
    const { v1, v2 } = orderCreated();
    expect(JSON.parse(JSON.stringify(read(v2, v1, v1.toBuffer(ORDER))))).toEqual({ ...ORDER, couponCode: null });
  });

  it('of version 2 keeps its coupon among readers of version 2', () => {
    const { v2 } = orderCreated();
    expect(read(v2, v2, v2.toBuffer({ ...ORDER, couponCode: 'SPRING' }))).toMatchObject({ couponCode: 'SPRING' });
  });

  it('cannot be read without its schema: the bytes alone look like another version', () => {
    const { v1, v2 } = orderCreated();
    expect(() => v2.fromBuffer(v1.toBuffer(ORDER)) as unknown).toThrow();
  });
});
