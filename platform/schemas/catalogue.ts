import type { SubjectDefinition } from '../../src/components/schemas/definition';
import type { catalogue } from '../topics';

/**
 * The schemas of the platform's own topics; the files are in `avro/`. Add a version here. Then `npm run schemas --
 * check` checks its compatibility with old and new readers, `-- types` generates the types of the events, and `--
 * apply` registers it:
 *
 *     { topic: 'invoices', compatibility: 'FULL_TRANSITIVE', versions: ['invoice-sent.v1.avsc'] },
 */
export const schemaCatalogue = [] as const satisfies readonly SubjectDefinition<(typeof catalogue)[number]['name']>[];
