// Charts: own SVG, of text and shapes alone. Each stands beside a table or a list that says the same.
import { html } from './vendor/preact.js';

/** @typedef {import('./vendor/preact.js').ComponentChildren} Children */

/** What shapes are filled with where nothing was read; once in the page, for all charts. */
export const Patterns = () => html`<svg class="unseen" aria-hidden="true" focusable="false"><defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="hatch-back" width="5" height="5" /><rect class="hatch-line" width="2" height="5" /></pattern>
</defs></svg>`;

/** @typedef {{ value: number | null, title: string }} Point null: not known */

const WIDTH = 240;
const HEIGHT = 64;
const MARGIN = 8;

/**
 * Values over time, from zero. Where one is not known there is a gap, and a hatched column in its place.
 * @param {{ points: Point[], label: string }} props
 */
export const Line = ({ points, label }) => {
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const x = (/** @type {number} */ i) => (points.length === 1 ? WIDTH / 2 : MARGIN + (i * (WIDTH - 2 * MARGIN)) / (points.length - 1));
  const y = (/** @type {number} */ value) => HEIGHT - MARGIN - (value * (HEIGHT - 2 * MARGIN)) / most;
  return html`<svg class="line" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${label}>
    <line class="axis" x1="0" x2=${WIDTH} y1=${HEIGHT - MARGIN} y2=${HEIGHT - MARGIN} />
    ${points.map(({ value }, i) => value === null && html`<rect class="unread" x=${x(i) - 5} y="2" width="10" height=${HEIGHT - MARGIN - 2} />`)}
    ${stretches(points).map(stretch => html`<polyline points=${stretch.map(({ i, value }) => `${x(i)},${y(value)}`).join(' ')} />`)}
    ${points.map(({ value, title }, i) => html`<g><title>${title}</title>
      ${value === null
        ? html`<rect class="hit" x=${x(i) - 8} width="16" height=${HEIGHT} />`
        : html`<circle class="hit" cx=${x(i)} cy=${y(value)} r="10" /><circle class=${i === points.length - 1 ? 'dot last' : 'dot'} cx=${x(i)} cy=${y(value)} r="3.5" />`}</g>`)}
  </svg>`;
};

/**
 * Known values that follow one another.
 * @param {Point[]} points
 */
const stretches = points => {
  /** @type {{ i: number, value: number }[][]} */
  const found = [[]];
  for (const [i, { value }] of points.entries()) {
    if (value === null) {
      found.push([]);
    } else {
      found[found.length - 1].push({ i, value });
    }
  }
  return found.filter(stretch => stretch.length > 1);
};

/**
 * How far something has come.
 * @param {{ done: number, total: number, label: string }} props
 */
export const Meter = ({ done, total, label }) =>
  html`<progress value=${done} max=${Math.max(total, 1)} aria-label=${label}>${done} of ${total}</progress>`;
