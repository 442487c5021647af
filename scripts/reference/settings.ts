import { z } from 'zod';
import { formatBytes, formatDuration } from '../../src/validation/units';
import { allowedAt } from '../../src/validation/schema-words';
import { code } from './markdown';
import type { SettingDoc, SettingDocs } from './setting-docs';

/** A setting, or an object of settings. */
export interface Setting {
  /** `nodePools[].storage.size`; `<name>` stands for an arbitrary key. */
  readonly path: string;
  readonly type: string;
  readonly unit: string;
  /** Default as text; undefined for a required setting. */
  readonly fallback: string | undefined;
  readonly isObject: boolean;
  readonly allowed: string;
  readonly description: string;
}

/** The settings, and problems of their comments. */
export interface SettingsAndProblems {
  readonly settings: readonly Setting[];
  readonly problems: readonly string[];
}

/** All settings of an object, each followed by its members. */
export function settingsOf(schema: z.ZodObject, docs: SettingDocs, prefix = ''): SettingsAndProblems {
  const parts = Object.entries(schema.shape).map(([name, field]) => {
    const path = prefix + name;
    const doc = docs(name);
    if (doc === undefined || doc.description === '') return problem(`${path} has no description`);
    const { inner, fallback } = bare(field as z.ZodType);
    if (fallback !== undefined && doc.fallback !== undefined)
      return problem(`${path}: @default repeats the default of its schema`);
    const { holder, suffix } = held(inner);
    const own = settingOf({ path, field: field as z.ZodType, inner, doc });
    if (!(holder instanceof z.ZodObject)) return { settings: [own], problems: [] };
    const below = settingsOf(holder, doc.members, `${path}${suffix}.`);
    return { settings: [own, ...below.settings], problems: below.problems };
  });
  return {
    settings: parts.flatMap(({ settings }) => settings),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

const problem = (text: string): SettingsAndProblems => ({ settings: [], problems: [text] });

interface Found {
  readonly path: string;
  readonly field: z.ZodType;
  readonly inner: z.ZodType;
  readonly doc: SettingDoc;
}

function settingOf({ path, field, inner, doc }: Found): Setting {
  const unit = inner.meta()?.unit ?? '';
  const { fallback, isOptional } = bare(field);
  const given = fallback === undefined ? doc.fallback : defaultText(fallback.value, unit);
  const isObject = inner instanceof z.ZodObject;
  return {
    path,
    type: typeOf(inner),
    unit,
    fallback: given ?? (isOptional ? 'none' : undefined),
    isObject,
    allowed: isObject ? '' : allowedAt(z.object({ field }), ['field']),
    description: doc.description,
  };
}

interface Bare {
  readonly inner: z.ZodType;
  readonly fallback: { readonly value: unknown } | undefined;
  readonly isOptional: boolean;
}

/** The schema without wrappers for optional values and defaults. */
function bare(schema: z.ZodType): Bare {
  if (schema instanceof z.ZodOptional) return { ...bare(schema.unwrap() as z.ZodType), isOptional: true };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return { ...bare(schema.unwrap() as z.ZodType), fallback: { value: schema.def.defaultValue } };
  return { inner: schema, fallback: undefined, isOptional: false };
}

/** The element schema of a list or record, and its suffix in paths. */
function held(schema: z.ZodType): { readonly holder: z.ZodType; readonly suffix: string } {
  if (schema instanceof z.ZodArray) return { holder: bare(schema.element as z.ZodType).inner, suffix: '[]' };
  if (schema instanceof z.ZodRecord) return { holder: bare(schema.valueType as z.ZodType).inner, suffix: '.<name>' };
  return { holder: schema, suffix: '' };
}

function typeOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodArray) return `list of ${typeOf(schema.element as z.ZodType)}`;
  if (schema instanceof z.ZodRecord) return `${typeOf(schema.valueType as z.ZodType)} by name`;
  if (schema instanceof z.ZodEnum) return 'string';
  if (schema instanceof z.ZodLiteral) return typeof schema.value;
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.map((option) => typeOf(option as z.ZodType)))].join(' or ');
  if (schema instanceof z.ZodPipe) return typeOf(schema.in as z.ZodType);
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return 'string';
  return schema.type;
}

function defaultText(value: unknown, unit: string): string {
  if (typeof value === 'number' && unit === 'ms') return formatDuration(value);
  if (typeof value === 'number' && unit === 'bytes') return formatBytes(value);
  if (JSON.stringify(value) === '{}' || JSON.stringify(value) === '[]') return 'none';
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}
