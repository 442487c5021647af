import { mismatches, type Mismatch } from '../../avro/schema-resolution';
import { schemaTree } from '../../avro/schema-tree';
import type { AvroSchema } from '../../avro/subject';

/** Maximum number of reported differences; a record of another type differs in every field. */
const TOLD = 3;

/** Why a reader's schema cannot read values of a writer's schema, by field names; undefined if it can. */
export function whyUnreadable(reader: AvroSchema, writer: AvroSchema): string | undefined {
  const found = mismatches(schemaTree(reader), schemaTree(writer));
  if (found.length === 0) return undefined;
  const more = found.length > TOLD ? ` and ${found.length - TOLD} more` : '';
  return found.slice(0, TOLD).map(told).join(', ') + more;
}

function told(found: Mismatch): string {
  const path = found.path === '' ? 'the event' : found.path;
  switch (found.kind) {
    case 'missingField':
      return `${path} is missing and has no default`;
    case 'ambiguousField':
      return `${path} may be any of ${found.candidates.join(', ')}`;
    case 'missingSymbols':
      return `${path} may be ${found.symbols.join(', ')}, which ${found.name} does not have`;
    case 'type':
      return `${path} is ${found.writer} instead of ${found.reader}`;
  }
}
