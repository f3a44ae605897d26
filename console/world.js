// The map of the world with regions of AWS on it. Its shapes are fetched when a map is first shown.
import { html, useEffect, useState } from './vendor/preact.js';

/** @typedef {typeof import('./vendor/world-map.js')} World */

/**
 * A region on the map.
 * @typedef {{ region: string, state: 'read' | 'unread' | 'waiting', count: number, title: string }} Spot
 */

/** @type {World | null} */
let loaded = null;

/** The map's shapes and places; null until they are here. */
export const useWorld = () => {
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
