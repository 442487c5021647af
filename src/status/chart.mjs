import { svg } from './dom.mjs';
import { duration, rate } from './words.mjs';

const HEIGHT = 180;
const MARGIN = { top: 12, right: 12, bottom: 26, left: 58 };

/** A chart that has just begun is not stretched to the whole width by its first seconds. */
const LEAST_SPAN_MS = 120_000;

/** The curve of the points over the time up to now, with its axes in words. @param width in pixels */
export function throughputChart(points, now, width) {
  const from = Math.min(points[0].from, now - LEAST_SPAN_MS);
  const top = roundTop(Math.max(...points.map(({ recordsPerSecond }) => recordsPerSecond)));
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const x = (at) => MARGIN.left + ((at - from) / (now - from)) * (right - MARGIN.left);
  const y = (value) => bottom - (value / top) * (bottom - MARGIN.top);
  const corners = points.map((point) => [x(point.from), x(point.to), y(point.recordsPerSecond)]);
  const steps = corners.map(([start, end, level]) => `L${start.toFixed(1)},${level.toFixed(1)}H${end.toFixed(1)}`);
  const line = steps.join('').replace('L', 'M');
  const area = `M${x(points[0].from).toFixed(1)},${bottom}${steps.join('')}V${bottom}Z`;
  return svg(
    'svg',
    { role: 'img', 'aria-labelledby': 'chart-title chart-text', viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT },
    svg('title', { id: 'chart-title' }, 'Records written per second'),
    svg('desc', { id: 'chart-text' }, inWords(points, now - from)),
    ...[0, top / 2, top].flatMap((value) => valueLine(value, y(value), [MARGIN.left, right])),
    ...timeLabels(from, now, width).map(([at, text, anchor]) => label(text, [x(at), HEIGHT - 8], anchor)),
    svg('path', { class: 'area', d: area }),
    svg('path', { class: 'curve', d: line }),
  );
}

/** Now, mean and peak of the points. */
export function figures(points) {
  const rates = points.map(({ recordsPerSecond }) => recordsPerSecond);
  const span = points.reduce((sum, { from, to }) => sum + to - from, 0);
  const records = points.reduce((sum, { from, to, recordsPerSecond }) => sum + recordsPerSecond * (to - from), 0);
  return { now: rates.at(-1), mean: records / span, peak: Math.max(...rates) };
}

const inWords = (points, span) => {
  const { now, mean, peak } = figures(points);
  return `Over the last ${duration(span)}: now ${rate(now)}, mean ${rate(mean)}, at most ${rate(peak)} records a second.`;
};

/** 1, 2 or 5 times a power of ten. */
function roundTop(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * [1, 2, 5, 10].find((step) => step * power >= value);
}

const valueLine = (value, y, [left, right]) => [
  svg('line', { class: 'grid', x1: left, x2: right, y1: y, y2: y }),
  label(value === 0 ? '0' : `${rate(value)}/s`, [left - 8, y + 4], 'end'),
];

function timeLabels(from, now, width) {
  const ends = [
    [from, `${duration(now - from)} ago`, 'start'],
    [now, 'now', 'end'],
  ];
  const middle = (from + now) / 2;
  return width < 480 ? ends : [...ends, [middle, `${duration(now - middle)} ago`, 'middle']];
}

const label = (text, [x, y], anchor) => svg('text', { x, y, 'text-anchor': anchor }, text);
