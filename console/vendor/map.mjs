// Makes world-map.js, by `npm run map` in console/: land as one path, and where regions of AWS are on it.
import { readFileSync, writeFileSync } from 'node:fs';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';

const SIZE = [960, 440];

// The city that AWS names a region by, or one in the area that it names, and roughly where that is: longitude, latitude.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
const CITIES = {
  'af-south-1': ['Cape Town', 18.4, -33.9],
  'ap-east-1': ['Hong Kong', 114.2, 22.3],
  'ap-east-2': ['Taipei', 121.6, 25],
  'ap-northeast-1': ['Tokyo', 139.7, 35.7],
  'ap-northeast-2': ['Seoul', 127, 37.6],
  'ap-northeast-3': ['Osaka', 135.5, 34.7],
  'ap-south-1': ['Mumbai', 72.9, 19.1],
  'ap-south-2': ['Hyderabad', 78.5, 17.4],
  'ap-southeast-1': ['Singapore', 103.8, 1.4],
  'ap-southeast-2': ['Sydney', 151.2, -33.9],
  'ap-southeast-3': ['Jakarta', 106.8, -6.2],
  'ap-southeast-4': ['Melbourne', 145, -37.8],
  'ap-southeast-5': ['Malaysia', 101.7, 3.1],
  'ap-southeast-6': ['New Zealand', 174.8, -36.8],
  'ap-southeast-7': ['Thailand', 100.5, 13.8],
  'ca-central-1': ['Montreal', -73.6, 45.5],
  'ca-west-1': ['Calgary', -114.1, 51],
  'cn-north-1': ['Beijing', 116.4, 39.9],
  'cn-northwest-1': ['Ningxia', 105.2, 37.5],
  'eu-central-1': ['Frankfurt', 8.7, 50.1],
  'eu-central-2': ['Zurich', 8.5, 47.4],
  'eu-north-1': ['Stockholm', 18.1, 59.3],
  'eu-south-1': ['Milan', 9.2, 45.5],
  'eu-south-2': ['Spain', -0.9, 41.6],
  'eu-west-1': ['Ireland', -6.3, 53.3],
  'eu-west-2': ['London', -0.1, 51.5],
  'eu-west-3': ['Paris', 2.4, 48.9],
  'eusc-de-east-1': ['Brandenburg', 12.5, 52.4],
  'il-central-1': ['Tel Aviv', 34.8, 32.1],
  'me-central-1': ['UAE', 54.4, 24.5],
  'me-south-1': ['Bahrain', 50.6, 26.1],
  'mx-central-1': ['Mexico', -100.4, 20.6],
  'sa-east-1': ['São Paulo', -46.6, -23.5],
  'us-east-1': ['N. Virginia', -77.5, 39],
  'us-east-2': ['Ohio', -83, 40],
  'us-gov-east-1': ['GovCloud, US-East', -83, 40],
  'us-gov-west-1': ['GovCloud, US-West', -120.5, 44],
  'us-west-1': ['N. California', -121.9, 37.4],
  'us-west-2': ['Oregon', -120.7, 45.8],
};

/** Without Antarctica: no region is there. */
const land = () => {
  const topology = JSON.parse(readFileSync(new URL('../node_modules/world-atlas/land-110m.json', import.meta.url), 'utf8'));
  const [whole] = feature(topology, topology.objects.land).features;
  return {
    type: 'MultiPolygon',
    coordinates: whole.geometry.coordinates.filter(([ring]) => ring.some(([, latitude]) => latitude > -60)),
  };
};

// What is smaller than this, in units of the map, is not drawn: land that sticks out less, and islands of less than three by three of it.
const SMALLEST = 2.6;

/** How far a point is from the line through two others. */
const away = ([x, y], [ax, ay], [bx, by]) => {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
};

/** Fewer points (Ramer, Douglas, Peucker). */
const simplified = points => {
  let [farthest, most] = [0, 0];
  for (let i = 1; i < points.length - 1; i++) {
    const distance = away(points[i], points[0], points.at(-1));
    if (distance > most) {
      [farthest, most] = [i, distance];
    }
  }
  return most < SMALLEST
    ? [points[0], points.at(-1)]
    : [...simplified(points.slice(0, farthest + 1)), ...simplified(points.slice(farthest)).slice(1)];
};

const area = points => Math.abs(points.reduce((sum, [x, y], i) => {
  const [nextX, nextY] = points[(i + 1) % points.length];
  return sum + x * nextY - nextX * y;
}, 0)) / 2;

/** In whole steps from point to point, which is a third shorter than absolute coordinates. */
const relative = path => path.replace(/M([^Z]+)Z/g, (_, points) => {
  const ring = points.split('L').map(point => point.split(',').map(Number));
  if (area(ring) < 8 * SMALLEST ** 2) {
    return '';
  }
  const [first, ...others] = simplified(ring);
  let [x, y] = first;
  const steps = [];
  for (const [toX, toY] of others) {
    if (toX !== x || toY !== y) {
      steps.push(`${toX - x} ${toY - y}`);
      [x, y] = [toX, toY];
    }
  }
  return steps.length < 2 ? '' : `M${first.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`;
});

const shown = land();
const projection = geoEqualEarth().fitSize(SIZE, shown);
const path = relative(geoPath(projection).digits(0)(shown));
const places = Object.entries(CITIES).map(([region, [city, longitude, latitude]]) =>
  `  '${region}': [${projection([longitude, latitude]).map(Math.round).join(', ')}, '${city}'],`);
writeFileSync(new URL('world-map.js', import.meta.url), `// Made by map.mjs: land in ${SIZE.join(' by ')}, and regions of AWS by x, y and place.
export const LAND = '${path}';
/** @type {Record<string, [x: number, y: number, place: string]>} */
export const PLACES = {
${places.join('\n')}
};
`);
