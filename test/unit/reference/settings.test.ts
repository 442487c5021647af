import { z } from 'zod';
import type { SettingDocs } from '../../../scripts/reference/setting-docs';
import { settingsOf } from '../../../scripts/reference/settings';
import { duration, millicores } from '../../../src/validation/fields';
import { minutes, seconds } from '../../../src/validation/units';

/** Comments as `description @default fallback`, by path. */
const docs =
  (comments: Readonly<Record<string, string>>, prefix = ''): SettingDocs =>
  (name) => {
    const comment = comments[prefix + name];
    if (comment === undefined) return undefined;
    const [description = '', fallback] = comment.split(' @default ');
    return { description, fallback, members: docs(comments, `${prefix}${name}.`) };
  };

const schema = z.object({
  waitMs: duration({ min: seconds(1), max: minutes(5) }).default(minutes(2)),
  pools: z.array(z.object({ cpuMillicores: millicores({ min: 1, max: 10 }) })).default([]),
  image: z.string().optional(),
});

const COMMENTS = {
  waitMs: 'Time to wait.',
  pools: 'Pools.',
  'pools.cpuMillicores': 'CPU request.',
  image: 'Image. @default that of the release',
};

describe('settings of the reference', () => {
  it('have type, unit, default, limits and description from schema and comment', () => {
    const { settings, problems } = settingsOf(schema, docs(COMMENTS));
    expect(problems).toEqual([]);
    expect(settings.map(({ path, type, unit, fallback }) => [path, type, unit, fallback])).toEqual([
      ['waitMs', 'number', 'ms', '2 min'],
      ['pools', 'list of object', '', 'none'],
      ['pools[].cpuMillicores', 'number', 'millicores', undefined],
      ['image', 'string', '', 'that of the release'],
    ]);
    expect(settings.map(({ allowed }) => allowed)).toEqual([
      'a duration from 1 s to 5 min, in whole milliseconds',
      'a list of { cpuMillicores }',
      'a whole number from 1 to 10',
      'a string',
    ]);
  });

  it('are refused without a description, and with a default in both places', () => {
    const comments = { ...COMMENTS, 'pools.cpuMillicores': '', waitMs: 'Time to wait. @default 2 min' };
    expect(settingsOf(schema, docs(comments)).problems).toEqual([
      'waitMs: @default repeats the default of its schema',
      'pools[].cpuMillicores has no description',
    ]);
  });
});
