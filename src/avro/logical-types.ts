/** The underlying types of each logical type of Avro 1.12. */
export const LOGICAL_TYPES: Readonly<Record<string, readonly string[]>> = {
  decimal: ['bytes', 'fixed'],
  'big-decimal': ['bytes'],
  uuid: ['string', 'fixed'],
  date: ['int'],
  'time-millis': ['int'],
  'time-micros': ['long'],
  'timestamp-millis': ['long'],
  'timestamp-micros': ['long'],
  'timestamp-nanos': ['long'],
  'local-timestamp-millis': ['long'],
  'local-timestamp-micros': ['long'],
  'local-timestamp-nanos': ['long'],
  duration: ['fixed'],
};

/** Required sizes of fixed types. */
const SIZES: Readonly<Record<string, number>> = { uuid: 16, duration: 12 };

type Attributes = Readonly<Record<string, unknown>>;

/** Why readers ignore a logical type, and what is allowed. */
export interface Ignored {
  readonly value: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/**
 * Why a logical type has no effect. According to Avro's specification, readers then use the underlying type.
 * @returns undefined if the logical type is valid
 */
export function ignoredLogicalType(attributes: Attributes): Ignored | undefined {
  const { type, logicalType } = attributes;
  const bases =
    typeof logicalType === 'string' && Object.hasOwn(LOGICAL_TYPES, logicalType)
      ? LOGICAL_TYPES[logicalType]
      : undefined;
  if (bases === undefined)
    return {
      value: logicalType,
      allowed: Object.keys(LOGICAL_TYPES).join(', '),
      fix: 'correct its name or remove it',
    };
  if (typeof type !== 'string' || !bases.includes(type))
    return { value: logicalType, allowed: `on ${bases.join(' or ')}`, fix: `make the type ${bases.join(' or ')}` };
  return logicalType === 'decimal' ? ofDecimal(attributes) : ofFixed(attributes);
}

function ofFixed({ type, logicalType, size }: Attributes): Ignored | undefined {
  const wanted = type === 'fixed' ? SIZES[String(logicalType)] : undefined;
  if (wanted === undefined || size === wanted) return undefined;
  return { value: size, allowed: `a size of ${wanted} bytes`, fix: `make "size" ${wanted}` };
}

function ofDecimal({ type, size, precision, scale = 0 }: Attributes): Ignored | undefined {
  const most = type === 'fixed' ? digitsOf(Number(size)) : Number.MAX_SAFE_INTEGER;
  if (!isWhole(precision) || precision < 1 || precision > most)
    return {
      value: precision,
      allowed: type === 'fixed' ? `a precision from 1 to ${most}` : 'a precision of at least 1',
      fix: 'correct "precision"',
    };
  if (isWhole(scale) && scale >= 0 && scale <= precision) return undefined;
  return { value: scale, allowed: `a scale from 0 to the precision, ${precision}`, fix: 'correct "scale"' };
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** Number of decimal digits that every value of this many bytes can hold. */
const digitsOf = (bytes: number): number => Math.floor(Math.log10(2) * (8 * bytes - 1));
