const SIZES = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const DURATIONS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** 1234567 -> `1,234,567`; small numbers keep a decimal. */
export const number = (value) => (Math.abs(value) < 10 ? tenths : whole).format(value);

/** `1 partition`, `7 partitions`. */
export const counted = (value, noun) => `${whole.format(value)} ${noun}${value === 1 ? '' : 's'}`;

/** 1610612736 -> `1.5 GiB`. */
export function bytes(value) {
  const step = value < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log(value) / Math.log(1024)));
  return `${tenths.format(value / 1024 ** step)} ${SIZES[step]}`;
}

/** 604800000 -> `7 days`; -1 -> `for ever`. */
export function duration(ms) {
  if (ms < 0) return 'for ever';
  const [size, noun] = DURATIONS.find(([candidate]) => ms >= candidate) ?? DURATIONS.at(-1);
  const value = noun === 'second' ? Math.floor(ms / size) : Number((ms / size).toFixed(1));
  return `${tenths.format(value)} ${noun}${value === 1 ? '' : 's'}`;
}

export const ago = (ms) => (ms < 1_500 ? 'just now' : `${duration(ms)} ago`);

/** 0.0004 -> `under 0.1%`. */
export const percent = (share) =>
  share > 0 && share < 0.001 ? 'under 0.1%' : `${(share < 0.1 ? tenths : whole).format(share * 100)}%`;

/** A rate that is not 0 never reads as 0. */
export const rate = (perSecond) => (perSecond > 0 && perSecond < 0.1 ? 'under 0.1' : number(perSecond));
