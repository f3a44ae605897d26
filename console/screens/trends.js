// How the counts of an account have changed over the results that are kept.
import { useApi } from '../api.js';
import { Line } from '../charts.js';
import { ConnectionPage, ScanNow } from '../connection.js';
import { Time, counted, dateTime, number } from '../format.js';
import { comparable, metricTitle, series } from '../trends.js';
import { Answered, Badge, Coverage, Note, Table } from '../ui.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Snapshot']} Snapshot */
/** @typedef {import('../trends.js').Series} Series */
/** @typedef {import('../connection.js').ConnectionDetail} ConnectionDetail */

/** @param {{ id: string }} props */
export const Trends = ({ id }) => html`<${ConnectionPage} id=${id} here="/trends" title="Trends"
  actions=${(/** @type {ConnectionDetail} */ connection) => html`<${ScanNow} connection=${connection} />`}>
  ${() => html`<${History} id=${id} />`}
</${ConnectionPage}>`;

/** @param {{ id: string }} props */
const History = ({ id }) => {
  const answer = useApi(`/connections/${id}/history?detail=regions`);
  return html`<${Answered} of=${answer} text="Loading the results that are kept…">${(/** @type {Schemas['History']} */ history) => html`<${Kept} history=${history} />`}</${Answered}>`;
};

/** @param {{ history: Schemas['History'] }} props */
const Kept = ({ history }) => {
  const oldestFirst = [...history.snapshots].reverse();
  return html`
    ${history.unreadable && html`<${Note} tone="warn" title=${`${counted(history.unreadable, 'kept result')} cannot be read, and is left out`} />`}
    ${oldestFirst.length < 2
      ? html`<section class="welcome"><h2>${oldestFirst.length === 0 ? 'Nothing was scanned yet' : 'One result so far'}</h2><p>A trend needs two. The five newest results are kept; scan again, or set a schedule on the page Result.</p></section>`
      : html`<${Charts} snapshots=${oldestFirst} /><${Changes} history=${history} />`}
    ${oldestFirst.length > 0 && html`<${Results} snapshots=${history.snapshots} />`}`;
};

/** @param {{ snapshots: Snapshot[] }} props oldest first */
const Charts = ({ snapshots }) => {
  const { compared, leftOut } = comparable(snapshots);
  const all = series(snapshots, compared);
  const unreadApis = snapshots.at(-1)?.apis?.unread.length ?? 0;
  return html`<section aria-labelledby="counts">
    <h2 id="counts">Counts, over ${counted(snapshots.length, 'result')}</h2>
    <p class="hint">From ${dateTime(snapshots[0].finishedAt)} to ${dateTime(/** @type {Snapshot} */ (snapshots.at(-1)).finishedAt)}, each from zero. Instances are those of the ${compared.length} of ${counted(compared.length + leftOut.length, 'region')} that were read in each of them.${leftOut.length > 0 ? ` Left out: ${leftOut.join(', ')}.` : ''}${unreadApis > 0 ? ` APIs are those of what was read: ${counted(unreadApis, 'source')} could not be, in the newest and in each that has a value.` : ''}</p>
    <div class="multiples">${all.map(each => html`<${Multiple} key=${each.name} of=${each} snapshots=${snapshots} />`)}</div>
    <details><summary>The same as a table</summary>
      <${Table} caption="Counts by scan" rows=${all} id=${(/** @type {Series} */ s) => s.name} columns=${[
        { head: 'Count', cell: (/** @type {Series} */ s) => s.title },
        ...snapshots.map(({ finishedAt }, i) => ({ head: dateTime(finishedAt), number: true, cell: (/** @type {Series} */ s) => valueOrNot(s.values[i]) })),
      ]} /></details>
  </section>`;
};

/** @param {number | null} value */
const valueOrNot = value => (value === null ? html`<em>not known</em>` : number(value));

/** @param {{ of: Series, snapshots: Snapshot[] }} props */
const Multiple = ({ of: { title, values }, snapshots }) => {
  const last = values.at(-1) ?? null;
  const known = values.filter(value => value !== null);
  return html`<figure class="multiple">
    <figcaption><span>${title}</span><strong>${last === null ? html`<em>not known</em>` : number(last)}</strong></figcaption>
    <${Line} label=${`${title}: ${values.map(value => (value === null ? 'not known' : number(value))).join(', ')}`} points=${values.map((value, i) => ({ value, title: `${dateTime(snapshots[i].finishedAt)}: ${value === null ? 'not known' : number(value)}` }))} />
    <p class="hint">${known.length < 2 || last === null ? 'nothing to compare' : difference(/** @type {number} */ (last) - /** @type {number} */ (known[0]))}</p>
  </figure>`;
};

/** @param {number} by */
const difference = by => (by === 0 ? 'unchanged' : `${signed(by)} since the first`);

/** @param {number} by */
const signed = by => `${by > 0 ? '+' : '−'}${number(Math.abs(by))}`;

/** @param {{ history: Schemas['History'] }} props */
const Changes = ({ history }) => {
  const at = new Map(history.snapshots.map(({ scanId, finishedAt }) => [scanId, finishedAt]));
  return html`<section aria-labelledby="changes"><h2 id="changes">What changed from scan to scan</h2>
    <div class="rows">${history.trends.map(trend => html`<${Step} key=${trend.to} trend=${trend} from=${at.get(trend.from)} to=${at.get(trend.to)} />`)}</div></section>`;
};

/** @param {{ trend: Schemas['History']['trends'][number], from?: string, to?: string }} props */
const Step = ({ trend: { changes, regionsCompared, regionsLeftOut, unknown }, from, to }) => html`<details class="row" open=${changes.length > 0 && changes.length <= 6}>
  <summary><${Badge} tone=${changes.length === 0 ? 'none' : 'info'}>${regionsCompared === 0 ? 'unknown' : changes.length === 0 ? 'same' : counted(changes.length, 'change')}</${Badge}>
    <span>${from ? dateTime(from) : 'an earlier scan'} → ${to ? dateTime(to) : 'a later one'}</span>
    <span class="hint">${counted(regionsCompared, 'region')} compared</span></summary>
  <div>${changes.length === 0
      ? html`<p>${regionsCompared === 0 ? 'No region was read in both, so nothing can be said.' : 'No count differs in what was read in both.'}</p>`
      : html`<${Table} caption="Counts that differ" rows=${changes} columns=${CHANGES} id=${(/** @type {Change} */ c) => c.metric} />`}
    ${regionsLeftOut.length > 0 && html`<p class="hint">Read in one of the two only, and not compared: ${regionsLeftOut.join(', ')}.</p>`}
    ${unknown && html`<p class="hint">Not counted by both releases: ${unknown.map(metricTitle).join('; ')}.</p>`}</div>
</details>`;

/** @typedef {Schemas['Change']} Change */

/** @type {import('../ui.js').Column<Change>[]} */
const CHANGES = [
  { head: 'Count', cell: c => metricTitle(c.metric) },
  { head: 'Before', number: true, cell: c => number(c.before) },
  { head: 'After', number: true, cell: c => number(c.after) },
  { head: 'Change', number: true, cell: c => signed(c.after - c.before) },
];

/** @param {{ snapshots: Snapshot[] }} props newest first */
const Results = ({ snapshots }) => html`<section aria-labelledby="kept"><h2 id="kept">Results that are kept</h2>
  <${Table} caption=${`${snapshots.length} of at most 5, newest first`} rows=${snapshots} columns=${RESULTS} id=${(/** @type {Snapshot} */ s) => s.scanId} /></section>`;

/** @type {import('../ui.js').Column<Snapshot>[]} */
const RESULTS = [
  { head: 'Scan', cell: s => html`<a href=${`#/connections/${s.connectionId}/scans/${s.scanId}`}>${dateTime(s.finishedAt)}</a>` },
  { head: 'When', cell: s => html`<${Time} at=${s.finishedAt} />` },
  { head: 'Begun', cell: s => (s.trigger === 'schedule' ? 'on schedule' : 'on demand') },
  { head: 'Coverage', cell: s => html`<${Coverage} read=${s.coverage.complete} enabled=${s.coverage.enabled} chosen=${s.coverage.notChosen !== undefined} whole=${s.coverage.whole} />` },
  { head: 'Instances', number: true, cell: s => (s.totals.instances ? number(s.totals.instances.total) : html`<em>not read</em>`) },
  { head: 'Flags', number: true, cell: s => number(s.flags.length) },
];
