import { platformSchema } from '../../src/platform/schema';
import { UserError } from '../../src/validation/user-error';
import { code, table } from './markdown';
import { settingDocs } from './setting-docs';
import { settingsOf, type Setting } from './settings';

const COLUMNS = ['setting', 'type', 'default', 'allowed', 'description'];

/** All settings of a platform, one section for each top-level name. */
export function configurationPage(): string {
  const { settings, problems } = settingsOf(platformSchema, settingDocs());
  if (problems.length > 0)
    throw new UserError(
      problems.join('\n'),
      'describe each setting in the comment of its schema, and give a default to zod alone',
    );
  const sections = new Map<string, Setting[]>();
  for (const setting of settings) {
    const [first = ''] = setting.path.split(/[.[]/);
    sections.set(first, [...(sections.get(first) ?? []), setting]);
  }
  const single = [...sections.values()].filter(({ length }) => length === 1).flat();
  const nested = [...sections].filter(([, { length }]) => length > 1);
  return `# Configuration

Every setting of an environment (\`platform/environments\`, \`PlatformInput\`), as the schemas have it. \`[]\` stands for each element of a list, \`<name>\`
for a name that you choose. Units are part of the type: sizes and durations are written with the functions of
\`src/validation/units.ts\` (\`kafka-platform/config\`), such as \`gibibytes(10)\`, \`minutes(2)\` and \`FOREVER\`; millicores are thousandths of a core. A setting
without a default has to be set. Some settings depend on each other; [their relations](../concepts/relations-of-settings.md) are checked, too.

## The platform

${rows(single)}

${nested.map(([name, [own, ...rest]]) => `## ${name}\n\n${own?.description ?? ''}${note(own)}\n\n${rows(rest)}`).join('\n\n')}
`;
}

const rows = (settings: readonly Setting[]): string => table([COLUMNS, ...settings.map(row)]);

/** For a list or a record, the type of its elements; nothing for an object. */
const note = (own: Setting | undefined): string =>
  own === undefined || own.isObject ? '' : ` Type: ${own.type}; default: ${fallback(own)}.`;

const row = (setting: Setting): readonly string[] => {
  const { path, type, unit, isObject, allowed, description } = setting;
  return [
    code(path),
    isObject ? 'object' : type + (unit === '' ? '' : `, ${unit}`),
    isObject ? '' : fallback(setting),
    allowed,
    description,
  ];
};

const fallback = ({ fallback: given }: Setting): string =>
  given === undefined ? '**required**' : given === '' ? 'empty' : given;
