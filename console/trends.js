// What snapshots say of how counts have changed: sums over the regions that can be compared.
import { sum } from './format.js';

/** @typedef {import('./api.js').Schemas['Snapshot']} Snapshot */
/** @typedef {{ name: string, title: string, values: (number | null)[] }} Series one value for each snapshot; null: not known */

/** @type {[name: string, title: string][]} */
const COUNTS = [
  ['running', 'Running'],
  ['stopped', 'Stopped'],
];

/** What metrics are called; one that is not here, by its own name. @type {Record<string, string>} */
const TITLES = {
  instances: 'Instances',
  buckets: 'Buckets',
  imdsV1Allowed: 'IMDSv1 allowed',
  publicIpv4: 'Public IPv4',
  launchWizardGroup: 'Launch wizard group',
  noInstanceProfile: 'No instance profile',
  previousGeneration: 'Previous generation',
  stoppedOver30Days: 'Stopped over 30 days',
  runningOverOneYear: 'Running over one year',
};

/**
 * The regions that every snapshot has read, of those that have read any.
 * @param {Snapshot[]} snapshots
 * @returns {{ compared: string[], leftOut: string[] }}
 */
export const comparable = snapshots => {
  const read = snapshots.map(readRegions).filter(regions => regions.size > 0);
  const all = new Set(snapshots.flatMap(({ regions, coverage }) => [...(regions ?? []).map(({ region }) => region), ...coverage.unread.map(({ region }) => region), ...(coverage.notChosen ?? [])]));
  const compared = [...all].filter(region => read.length > 0 && read.every(regions => regions.has(region))).sort();
  return { compared, leftOut: [...all].filter(region => !compared.includes(region)).sort() };
};

/** @param {Snapshot} snapshot */
const readRegions = ({ regions }) => new Set((regions ?? []).filter(({ instances }) => instances !== undefined).map(({ region }) => region));

/**
 * Every count over time.
 * @param {Snapshot[]} snapshots oldest first, with their regions
 * @param {string[]} compared regions that the sums are over
 * @returns {Series[]}
 */
export const series = (snapshots, compared) => {
  const sums = (/** @type {(instances: any) => number | undefined} */ count) => snapshots.map(snapshot => sumOver(snapshot, compared, count));
  return [
    { name: 'instances', title: 'Instances', values: sums(({ total }) => total) },
    ...COUNTS.map(([name, title]) => ({ name, title, values: sums(({ byState }) => byState && (byState[name] ?? 0)) })),
    { name: 'buckets', title: 'Buckets', values: snapshots.map(({ totals }) => totals.buckets?.total ?? null) },
    ...(snapshots.some(({ apis }) => apis) ? ofApis(snapshots) : []),
    ...metrics(snapshots).map(name => ({ name, title: metricTitle(name), values: sums(instances => instances[name]) })),
  ];
};

/**
 * The names of what is counted of instances besides their total, in any snapshot.
 * @param {Snapshot[]} snapshots
 * @returns {string[]}
 */
const metrics = snapshots => {
  const names = snapshots.flatMap(({ totals }) => Object.entries(totals.instances ?? {}).filter(([, value]) => typeof value === 'number').map(([name]) => name));
  return [...new Set(names)].filter(name => name !== 'total');
};

/**
 * Inventories are compared if the same was left unread, or out, in them as in the newest; others have no value.
 * @param {Snapshot[]} snapshots oldest first
 * @returns {Series[]}
 */
const ofApis = snapshots => {
  const newest = unreadOf(snapshots.at(-1));
  const alike = (/** @type {(apis: NonNullable<Snapshot['apis']>) => number} */ count) => snapshots.map(snapshot => (snapshot.apis && unreadOf(snapshot) === newest ? count(snapshot.apis) : null));
  return [
    { name: 'apis', title: 'APIs', values: alike(({ apis }) => sum(apis)) },
    { name: 'routes', title: 'Routes', values: alike(({ routes }) => sum(routes)) },
    { name: 'publicRoutesWithoutAuthorization', title: 'Public routes without authorization', values: alike(apis => apis.publicRoutesWithoutAuthorization) },
  ];
};

/** @param {Snapshot | undefined} snapshot */
const unreadOf = snapshot => JSON.stringify([...(snapshot?.apis?.unread ?? []).map(({ region, service, items = [] }) => [region, service, ...items].join(' ')), ...(snapshot?.coverage.notChosen ?? [])].sort());

/**
 * Null if a region of it was not read, or its release did not count that.
 * @param {Snapshot} snapshot
 * @param {string[]} compared
 * @param {(instances: any) => number | undefined} count
 */
const sumOver = (snapshot, compared, count) => {
  const counts = (snapshot.regions ?? []).filter(({ region, instances }) => instances !== undefined && compared.includes(region)).map(({ instances }) => count(instances));
  return counts.length < compared.length || compared.length === 0 || counts.includes(undefined) ? null : counts.reduce((/** @type {number} */ a, b) => a + (b ?? 0), 0);
};

/**
 * A metric of the API in words: `instances.running` is `Instances, running`.
 * @param {string} metric
 */
export const metricTitle = metric => {
  const [name, ...rest] = metric.split('.');
  return [TITLES[name] ?? name.replace(/([a-z0-9])([A-Z])/g, (_, before, capital) => `${before} ${capital.toLowerCase()}`), ...rest].join(', ');
};
