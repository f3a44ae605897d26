// Charts, and the map of the world with regions of AWS on it: own SVG, of text and shapes alone. Each stands beside a table or a list that says the same.
import { html, useEffect, useState } from './vendor/preact.js';

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

/** @typedef {typeof import('./vendor/world-map.js')} World */

/**
 * A region on the map.
 * @typedef {{ region: string, state: 'read' | 'unread' | 'waiting', count: number, title: string }} Spot
 */

/** @type {World | null} */
let loaded = null;

/** The map's shapes and places; null until they are here. */
const useWorld = () => {
  const [world, setWorld] = useState(loaded);
  useEffect(() => {
    if (loaded === null) {
      import('./vendor/world-map.js').then(
        module => {
          loaded = module;
          setWorld(module);
        },
        () => {}, // A page without its map has the list beside it.
      );
    }
  }, []);
  return world;
};

/**
 * A region's name, and the place that AWS names it by.
 * @param {{ of: string }} props
 */
export const Region = ({ of }) => {
  const place = useWorld()?.PLACES[of]?.[2];
  return html`<span class="region"><code>${of}</code>${place && html` <span class="hint">${place}</span>`}</span>`;
};

// The count that has the largest disc, at least: a handful is not shown as large as thousands.
const LEAST = 50;
const LARGEST = 24;
const SMALLEST = 4;

// Islands of the Pacific, where no region is, are left out at either side.
const SHOWN = '105 0 830 440';

/**
 * Regions by their counts: the area of a disc is its share. A ring is a region with none; one that was not read is hatched, with a sign.
 * @param {{ spots: Spot[], label: string, what: string, onChoose?: (region: string) => void }} props
 *   `what`: that which is counted; `onChoose`: for those with a mouse, besides a list that can be used with a keyboard
 */
export const WorldMap = ({ spots, label, what, onChoose }) => {
  const world = useWorld();
  const most = Math.max(LEAST, ...spots.map(({ count }) => count));
  // Large ones first: they stand behind the small.
  const shown = world === null ? [] : spots.filter(({ region }) => region in world.PLACES).sort((a, b) => b.count - a.count);
  const others = world === null ? [] : spots.filter(({ region }) => !(region in world.PLACES));
  return html`<figure class="world">
    <svg viewBox=${SHOWN} role="img" aria-label=${label}>
      ${world !== null && html`<path class="land" d=${world.LAND} />`}
      ${shown.map(spot => html`<${Mark} key=${spot.region} spot=${spot} most=${most} at=${/** @type {World} */ (world).PLACES[spot.region]} onChoose=${spot.count > 0 ? onChoose : undefined} />`)}
    </svg>
    <figcaption>
      <span><${Key} state="read" count=${1} /> ${what}, by area</span>
      <span><${Key} state="read" count=${0} /> none</span>
      ${spots.some(({ state }) => state === 'unread') && html`<span><${Key} state="unread" count=${0} /> not read: unknown</span>`}
      ${spots.some(({ state }) => state === 'waiting') && html`<span><${Key} state="waiting" count=${0} /> not yet</span>`}
      ${others.length > 0 && html`<span>Not on the map: ${others.map(({ region }) => region).join(', ')}</span>`}
    </figcaption>
  </figure>`;
};

/** @param {{ spot: Spot, most: number, at: [x: number, y: number, place: string], onChoose?: (region: string) => void }} props */
const Mark = ({ spot, most, at: [x, y, place], onChoose }) => {
  const radius = spot.state === 'unread' ? 8 : spot.count === 0 ? SMALLEST : SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(spot.count / most);
  return html`<g transform=${`translate(${x} ${y})`}><g class=${onChoose ? 'mark choosable' : 'mark'} onClick=${onChoose && (() => onChoose(spot.region))}><title>${spot.region}, ${place}: ${spot.title}</title><${Disc} state=${spot.state} count=${spot.count} radius=${radius} /></g></g>`;
};

/** @param {{ state: Spot['state'], count: number, radius: number }} props */
const Disc = ({ state, count, radius }) =>
  state === 'unread'
    ? html`<circle class="disc unread" r=${radius} /><path class="cross" d="M-3-3l6 6M3-3l-6 6" />`
    : html`<circle class=${`disc ${state === 'waiting' ? 'waiting' : count === 0 ? 'none' : 'some'}`} r=${radius} />`;

/** @param {{ state: Spot['state'], count: number }} props */
const Key = ({ state, count }) =>
  html`<svg class="key" viewBox="-10 -10 20 20" aria-hidden="true"><${Disc} state=${state} count=${count} radius=${state === 'unread' ? 8 : count === 0 ? 5 : 8} /></svg>`;
