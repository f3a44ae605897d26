// What a scan found: the page of a connection, and of a scan that has ended.
import { api, useAct, useApi } from '../api.js';
import { ConnectionPage, ScanNow, ScheduleSelect } from '../connection.js';
import { POINTS, RESULTS } from '../customer-role.js';
import { save } from '../lists.js';
import { OF_APIS, consolePage } from '../flags.js';
import { Time, counted, dateTime, duration, number, sum, words } from '../format.js';
import { metricTitle } from '../trends.js';
import { Answered, Badge, Bars, Facts, Note, ProblemNote, Severity, Table } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { Region, WorldMap } from '../charts.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Snapshot']} Snapshot */
/** @typedef {import('../connection.js').ConnectionDetail} ConnectionDetail */

/** The newest result of a connection. @param {{ id: string }} props */
export const Result = ({ id }) => html`<${ConnectionPage} id=${id} here="" title="Result"
  actions=${(/** @type {ConnectionDetail} */ connection) => html`<${ScanNow} connection=${connection} />`}>
  ${(/** @type {ConnectionDetail} */ connection, /** @type {() => void} */ reload) => html`
    <${Running} connection=${connection} />
    ${connection.unreadable && html`<${Note} tone="warn" title=${`${counted(connection.unreadable, 'kept result')} cannot be read`}><p>It is damaged, or was stored by a later release. Our operator has been told.</p></${Note}>`}
    ${connection.latest ? html`<${Latest} id=${id} scan=${connection.latest.scanId} />` : html`<${NoResult} connection=${connection} />`}
    ${connection.status !== 'pending' && html`<${Standing} connection=${connection} reload=${reload} />`}`}
</${ConnectionPage}>`;

/** @param {{ connection: ConnectionDetail }} props */
const Running = ({ connection: { id, runningScan } }) =>
  runningScan && html`<${Note} tone="info" title="The account is being scanned"><p><a href=${`#/connections/${id}/scans/${runningScan}`}>Watch it</a>${' '}– what stands below is the result before.</p></${Note}>`;

/** @param {{ connection: ConnectionDetail }} props */
const NoResult = ({ connection }) =>
  connection.status === 'pending' || connection.runningScan
    ? null
    : html`<section class="welcome"><h2>Nothing was scanned yet</h2>
        <p>A scan counts what is in every enabled region. It takes seconds in most accounts.</p></section>`;

/** @param {{ id: string, scan: string }} props */
const Latest = ({ id, scan }) => {
  const answer = useApi(`/connections/${id}/scans/${scan}`);
  return html`<${Answered} of=${answer} text="Loading the result…">${(/** @type {Schemas['Scan']} */ { snapshot, detail }) =>
    snapshot ? html`<${SnapshotView} of=${snapshot} />` : html`<${Note} tone="warn" title="This result is no longer kept"><p>${detail}</p></${Note}>`}</${Answered}>`;
};

/**
 * A result, whole.
 * @param {{ of: Snapshot }} props
 */
export const SnapshotView = ({ of }) => html`
  <${Headline} of=${of} />
  <${Coverage} of=${of} />
  <${Flags} of=${of} />
  <${Regions} of=${of} />
  <${Insights} of=${of} />
  <${Breakdowns} of=${of} />
  <div class="columns masonry">
    ${of.apis && html`<${Apis} of=${of} apis=${of.apis} />`}
    <${Role} of=${of} />
    ${of.trend && html`<${Since} of=${of} trend=${of.trend} />`}
    <${Calls} of=${of} />
    <${Downloads} of=${of} />
  </div>`;

/** States of instances that are not looked at any further. */
const ENDING = ['shutting-down', 'terminated'];

/** @param {{ of: Snapshot }} props */
const Headline = ({ of }) => {
  const { regionsCounted, regionsEnabled, instances, buckets } = of.totals;
  const regions = `in ${number(regionsCounted)} of ${counted(regionsEnabled, 'region')}`;
  const ending = ENDING.reduce((n, state) => n + (instances?.byState?.[state] ?? 0), 0);
  return html`<section class="panel" aria-label="In short">
    <dl class="figures">
      <${Figure} term="Instances" value=${instances?.total} small=${regions} />
      <${Figure} term="Running" value=${instances?.byState && (instances.byState.running ?? 0)} small=${regions} />
      <${Figure} term="Buckets" value=${buckets?.total} small=${buckets ? `in ${counted(Object.keys(buckets.byRegion ?? {}).length, 'region')}` : words(of.buckets.status)} />
      ${of.apis && html`<${Figure} term="APIs" value=${sum(of.apis.apis)} small=${`${counted(sum(of.apis.routes), 'route')}${of.apis.unread.length > 0 ? ', not all read' : ''}`} />`}
      <${Figure} term="Risk flags" value=${of.flags.length} small=${severities(of.flags) || (everything(of) ? 'none found' : 'none in what was read')} />
    </dl>
    <p class="hint">Scanned <${Time} at=${of.finishedAt} /> (${dateTime(of.finishedAt)}), ${of.trigger === 'schedule' ? 'on schedule' : 'on demand'}, in ${duration(Date.parse(of.finishedAt) - Date.parse(of.startedAt))}.${of.coverage.whole ? (of.coverage.notChosen ? ' Everything that was chosen was read.' : ' Everything was read.') : ''}${ending > 0 && ` ${number(ending)} of the instances shut down or are terminated: flags, and all counts but the total and states, leave them out.`}</p>
  </section>`;
};

/** @param {{ term: string, value: number | undefined, small: string }} props */
const Figure = ({ term, value, small }) =>
  html`<div><dt>${term}</dt><dd class="figure">${value === undefined ? html`<span class="unknown">not read</span>` : number(value)}<small>${small}</small></dd></div>`;

/** Whether it speaks of the whole account. @param {Snapshot} of */
const everything = of => of.coverage.whole && of.coverage.notChosen === undefined;

const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** @param {{ severity: string }[]} flags */
const severities = flags =>
  SEVERITIES.map(severity => ({ severity, count: flags.filter(flag => flag.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');

/** What to do about what was not read. @type {Record<string, string>} */
const REASONS = {
  denied_by_scp: 'A service control policy of the organization denies it. If that is meant, nothing is to be done.',
  denied_by_iam: 'The role does not allow it. Hold its policy against what was asked for, on the page Permission.',
  not_opted_in: 'The region is not opted in any more.',
  throttled: 'AWS throttled until the time was over. Scan again when less else is going on.',
  failed: 'AWS gave no answer in time. Scan again.',
};

/** What was not read, and why. @param {{ of: Snapshot }} props */
const Coverage = ({ of }) => {
  const { unread, enabled, complete, bucketsRead, notOptedIn, notChosen } = of.coverage;
  const apis = of.apis?.unread.length ?? 0;
  return html`
    ${(unread.length > 0 || !bucketsRead) && html`<section>
      <${Note} tone="warn" title=${unread.length > 0 ? `${number(unread.length)} of ${counted(enabled, 'region')} could not be read` : 'The list of buckets could not be read'}>
        <p>What is there is unknown, not zero: no number below speaks of it.${!bucketsRead ? ` Buckets: ${words(of.buckets.status)}${of.buckets.code ? ` (${of.buckets.code})` : ''}.` : ''}</p></${Note}>
      ${unread.length > 0 && html`<${Table} caption=${`Regions that were not read (${complete} of ${enabled} were)`} rows=${unread} columns=${UNREAD} id=${(/** @type {any} */ u) => u.region} />`}
    </section>`}
    ${apis > 0 && html`<${Note} tone="warn" title=${`${counted(apis, 'source')} of APIs could not be read to the end`}><p>Nothing is said of these. <a href=${`#/connections/${of.connectionId}/apis`}>Which, and why</a></p></${Note}>`}
    ${notChosen && html`<${Note} tone="info" title=${`${number(enabled - notChosen.length)} of ${counted(enabled, 'region')} were chosen`}>
      <p>The scan was told to leave out ${notChosen.join(', ')}. What is there is unknown, not zero: no number below speaks of it.</p></${Note}>`}
    ${notOptedIn.length > 0 && html`<p class="hint">${counted(notOptedIn.length, 'region')} not opted in, where nothing can run: ${notOptedIn.join(', ')}.</p>`}`;
};

/** @type {import('../ui.js').Column<Schemas['Coverage']['unread'][number]>[]} */
const UNREAD = [
  { head: 'Region', cell: u => html`<${Region} of=${u.region} />` },
  { head: 'Why', cell: u => html`<${Badge} tone="warn">${words(u.reason)}</${Badge}>` },
  { head: 'AWS’s code', cell: u => html`<code class="whole">${u.code}</code>` },
  { head: 'What to do', cell: u => REASONS[u.reason] ?? '' },
];

const MOST_FLAGS = 10;

/** @param {{ of: Snapshot }} props */
const Flags = ({ of }) => {
  const [all, setAll] = useState(false);
  const flags = [...of.flags].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.count - a.count);
  return html`<section>
    <h2>Risk flags</h2>
    ${flags.length === 0
      ? html`<p class="empty">${everything(of) ? 'Nothing of what we look for was found.' : 'Nothing of what we look for was found in what was read.'}</p>`
      : html`<div class="rows">${(all ? flags : flags.slice(0, MOST_FLAGS)).map(flag => html`<${Flag} key=${flag.kind} flag=${flag} of=${of} />`)}</div>
          ${!all && flags.length > MOST_FLAGS && html`<p><button type="button" class="plain more" onClick=${() => setAll(true)}>Show ${flags.length - MOST_FLAGS} more flags</button></p>`}`}
  </section>`;
};

/** @param {{ flag: Schemas['RiskFlag'], of: Snapshot }} props */
const Flag = ({ flag, of }) => html`<details class="row">
  <summary><${Severity} of=${flag.severity} /><span>${flag.title}</span><span class="hint">${flag.regions.length > 0 ? counted(flag.regions.length, 'region') : ''}</span></summary>
  <div>
    <h3>Why it matters</h3><p>${flag.why}</p>
    <h3>What to do</h3><p>${flag.remedy}</p>
    ${isOfApis(flag.kind, of) && html`<p><a href=${`#/connections/${of.connectionId}/apis?flag=${flag.kind}`}>Show these APIs</a></p>`}
    ${flag.regions.length > 0 && html`<h3>Where</h3><ul class="places">${flag.regions.map(region => html`<li key=${region}><${Place} flag=${flag.kind} region=${region} /></li>`)}</ul>`}
  </div>
</details>`;

/** @param {string} kind @param {Snapshot} of */
const isOfApis = (kind, of) => of.apis !== undefined && OF_APIS.includes(kind);

/** A region, and the way to it in the AWS console. @param {{ flag: string, region: string }} props */
const Place = ({ flag, region }) => {
  const address = consolePage(flag, region);
  return address === null
    ? html`<${Region} of=${region} />`
    : html`<a href=${address} target="_blank" rel="noopener noreferrer"><${Region} of=${region} /><span class="unseen"> in the AWS console, in a new tab</span> ↗</a>`;
};

/** @param {{ of: Snapshot }} props */
const Regions = ({ of }) => {
  const [opened, setOpened] = useState(/** @type {string | null} */ (null));
  const regions = of.regions ?? [];
  const { unread, enabled, complete } = of.coverage;
  const read = regions.filter(region => region.instances !== undefined);
  const some = read.filter(region => region.instances?.total !== 0).sort((a, b) => (b.instances?.total ?? 0) - (a.instances?.total ?? 0));
  const none = read.filter(region => region.instances?.total === 0);
  const bars = [
    ...some.map(({ region, instances }) => ({
      label: html`<button type="button" class="plain" onClick=${() => setOpened(region)}><${Region} of=${region} /></button>`, value: instances?.total ?? null })),
    ...unread.map(({ region, reason }) => ({ label: html`<${Region} of=${region} /> <span class="hint">${words(reason)}</span>`, value: null })),
  ];
  return html`<section>
    <h2>Regions</h2>
    <div class="panel where">
      <div>
        <${WorldMap} what="instances" label=${`Map: instances in ${complete} of ${counted(enabled, 'region')}. The list has the same numbers.`} spots=${spots(of)} onChoose=${setOpened} />
        ${none.length > 0 && html`<details open=${matchMedia('(min-width: 60rem)').matches}><summary>${counted(none.length, 'region')} read, with no instance</summary>
          <p class="names">${none.map(({ region }) => html`<${Region} key=${region} of=${region} />`)}</p></details>`}
      </div>
      <${Bars} caption=${`Instances, in ${complete} of ${counted(enabled, 'region')}`} head="Region" of=${bars} />
    </div>
    ${opened !== null && html`<${OneRegion} of=${regions.find(({ region }) => region === opened)} flags=${of.flags} onClose=${() => setOpened(null)} />`}
  </section>`;
};

/** What there is in one region. @param {{ of: Schemas['Region'], flags: Schemas['RiskFlag'][], onClose: () => void }} props */
const OneRegion = ({ of: { region, instances }, flags, onClose }) => {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => dialog.current?.showModal(), []);
  const here = flags.filter(({ regions }) => regions.includes(region));
  return html`<dialog ref=${dialog} class="wide" aria-labelledby="one-region" onClose=${onClose}>
    <h2 id="one-region"><${Region} of=${region} /></h2>
    <p>${counted(instances?.total ?? 0, 'instance')}, of this region alone.</p>
    <div class="columns masonry two">${breakdowns(instances).map(({ name, ...each }) =>
      html`<div class="panel" key=${name}><${Breakdown} ...${each} /></div>`)}</div>
    ${here.length > 0 && html`<h3>Flags that are here too</h3><ul>${here.map(({ kind, title }) => html`<li key=${kind}>${title}</li>`)}</ul><p class="hint">Their numbers are of all regions.</p>`}
    <div class="actions"><button type="button" onClick=${() => dialog.current?.close()}>Close</button></div>
  </dialog>`;
};

/** @param {Snapshot} of @returns {import('../charts.js').Spot[]} */
const spots = of => [
  ...(of.regions ?? []).filter(({ instances }) => instances !== undefined)
    .map(({ region, instances }) => ({ region, state: /** @type {const} */ ('read'), count: instances?.total ?? 0, title: counted(instances?.total ?? 0, 'instance') })),
  ...of.coverage.unread.map(({ region, reason }) => ({ region, state: /** @type {const} */ ('unread'), count: 0, title: `not read, ${words(reason)}` })),
];

/** @param {{ of: Snapshot }} props */
const Insights = ({ of }) =>
  of.insights.length > 0 && html`<section><h2>Insights</h2><ul class="insights panel">${of.insights.map(({ code, text }) => html`<li key=${code}>${text}</li>`)}</ul></section>`;

/** @type {Record<string, [title: string, head: string]>} */
const BREAKDOWNS = {
  byFamily: ['Families', 'Family'],
  byState: ['States', 'State'],
  byPlatform: ['Platforms', 'Platform'],
  byArchitecture: ['Architectures', 'Architecture'],
  byTenancy: ['Tenancy', 'Tenancy'],
};

/**
 * Counts by kind, those that we have a title for first; of a kind that is not here, by its own name.
 * @param {Schemas['InstanceCounts'] | undefined} instances
 * @returns {{ name: string, title: string, head: string, counts: Record<string, number> }[]}
 */
const breakdowns = instances => {
  const found = Object.entries(instances ?? {}).filter(([, counts]) => typeof counts === 'object' && Object.keys(counts).length > 0);
  const order = Object.keys(BREAKDOWNS);
  return found.sort(([a], [b]) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99)).map(([name, counts]) => {
    const [title, head] = BREAKDOWNS[name] ?? [metricTitle(name), 'Kind'];
    return { name, title, head, counts: /** @type {any} */ (counts) };
  });
};

/** @param {{ of: Snapshot }} props */
const Breakdowns = ({ of }) => {
  const { instances, buckets, regionsCounted, regionsEnabled } = of.totals;
  return html`<section><h2>What there is</h2>
    <p class="hint">In ${number(regionsCounted)} of ${counted(regionsEnabled, 'region')}.</p>
    <div class="columns masonry">
      ${breakdowns(instances).map(({ name, ...each }) => html`<div class="panel" key=${name}><${Breakdown} ...${each} /></div>`)}
      ${buckets?.byRegion && html`<div class="panel"><${Breakdown} title="Buckets" head="Region" counts=${buckets.byRegion} regions /></div>`}
      ${!buckets && html`<div class="panel"><h3>Buckets</h3><p>Not read: ${words(of.buckets.status)}${of.buckets.code && html` (<code>${of.buckets.code}</code>)`}.</p></div>`}
    </div></section>`;
};

const MOST_BARS = 8;

/**
 * Counts by kind, the most first; those beyond the eighth when asked for.
 * @param {{ title: string, head: string, counts: Record<string, number>, regions?: boolean }} props
 */
const Breakdown = ({ title, head, counts, regions = false }) => {
  const [all, setAll] = useState(false);
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = all || sorted.length <= MOST_BARS + 1 ? sorted : sorted.slice(0, MOST_BARS);
  return html`<${Bars} caption=${title} head=${head} of=${shown.map(([label, value]) => ({ label: regions ? html`<${Region} of=${label} />` : label, value }))} />
    ${shown.length < sorted.length && html`<button type="button" class="plain" onClick=${() => setAll(true)}>Show ${sorted.length - shown.length} more<span class="unseen"> of ${title}</span></button>`}`;
};

/** @param {{ of: Snapshot, apis: Schemas['ApiSummary'] }} props */
const Apis = ({ of, apis }) => html`<section class="panel">
  <h2>APIs</h2>
  <p><strong>${number(apis.publicRoutesWithoutAuthorization)}</strong> of ${counted(sum(apis.routes), 'route')} can be called by anyone on the internet, without authorization.</p>
  ${apis.changes && html`<p class="hint">Since the scan before: ${number(apis.changes.apisAdded)} new, ${number(apis.changes.apisChanged)} changed, ${number(apis.changes.apisRemoved)} gone.</p>`}
  <${Bars} caption="By kind" head="Kind" of=${Object.entries(apis.apis).sort(([, a], [, b]) => b - a).map(([kind, value]) => ({ label: words(kind), value }))} />
  <p><a href=${`#/connections/${of.connectionId}/apis`}>All APIs and their routes</a></p>
</section>`;

const MOST_CHANGES = 6;

/** What changed since the scan before. @param {{ of: Snapshot, trend: Schemas['Trend'] }} props */
const Since = ({ of, trend: { changes, regionsCompared, since } }) => html`<section class="panel">
  <h2>Since the scan before</h2>
  ${changes.length === 0
    ? html`<p>No count differs.</p>`
    : html`<ul class="checks">${changes.slice(0, MOST_CHANGES).map(({ metric, before, after }) =>
        html`<li key=${metric}><span>${metricTitle(metric)}</span><span class="number">${number(before)} → ${number(after)}</span></li>`)}</ul>
      ${changes.length > MOST_CHANGES && html`<p>And ${counted(changes.length - MOST_CHANGES, 'other')}.</p>`}`}
  <p class="hint">Over ${counted(regionsCompared, 'region')} that were read in both. <a href=${`#/connections/${of.connectionId}/scans/${since}`}>That scan</a> · <a href=${`#/connections/${of.connectionId}/trends`}>Trends</a></p>
</section>`;

/** @param {{ of: Snapshot }} props */
const Role = ({ of }) => html`<section class="panel">
  <h2>The role that we use</h2>
  <ul class="checks">${of.roleChecks.map(({ point, result, how }) => html`<li key=${point} title=${how}>
    <span>${POINTS[point] ?? words(point)}</span><${Badge} tone=${RESULTS[result].tone}>${RESULTS[result].word}</${Badge}></li>`)}</ul>
  <p><a href=${`#/connections/${of.connectionId}/permission`}>How each was checked, and the policies</a></p>
</section>`;

/** @param {{ of: Snapshot }} props */
const Calls = ({ of }) => {
  const total = of.calls.reduce((n, { calls }) => n + calls, 0);
  const throttled = of.calls.reduce((n, each) => n + each.throttled, 0);
  return html`<section class="panel">
    <h2>Calls</h2>
    <p><strong>${number(total)}</strong> calls of ${counted(of.calls.length, 'operation')} in your account, each with its event in CloudTrail.${throttled > 0 ? ` AWS throttled ${number(throttled)} of them.` : ''}</p>
    <p><a href=${`#/connections/${of.connectionId}/calls`}>Every call, and how to hold it against CloudTrail</a></p>
  </section>`;
};

/** @type {[format: string, title: string, ending: string][]} */
const FORMATS = [
  ['html', 'Page to print (HTML)', 'html'],
  ['csv', 'Table (CSV)', 'csv'],
  ['json', 'Everything (JSON)', 'json'],
  ['ocsf', 'OCSF findings', 'ocsf.json'],
  ['asff', 'Security Hub findings (ASFF)', 'asff.json'],
];

/** @param {{ of: Snapshot }} props */
const Downloads = ({ of }) => {
  const { busy, problem, run } = useAct(async (/** @type {string} */ format, /** @type {string} */ ending) => {
    const blob = await api.blob(`/connections/${of.connectionId}/scans/${of.scanId}/report?format=${format}`);
    save(blob, `cloudoperator-${of.account}-${of.finishedAt.slice(0, 10)}.${ending}`);
  });
  return html`<section class="panel">
    <h2>Take it away</h2>
    <ul class="downloads">${FORMATS.map(([format, title, ending]) =>
      html`<li key=${format}><button type="button" disabled=${busy} onClick=${() => run(format, ending)}>${title}</button></li>`)}</ul>
    <${ProblemNote} problem=${problem} />
  </section>`;
};

/** How the connection stands: its proof, and its schedule. @param {{ connection: ConnectionDetail, reload: () => void }} props */
const Standing = ({ connection, reload }) => html`<section class="panel">
  <h2>The connection</h2>
  <${Facts} of=${[
    ['Last proven', connection.proof && html`<${Time} at=${connection.proof.at} />`],
    ['The proof holds', connection.proofHoldsUntil && `until ${dateTime(connection.proofHoldsUntil)}; repeated daily, before a scan`],
    ['Begun', html`<${Time} at=${connection.createdAt} />`],
  ]} />
  <${ScheduleSelect} connection=${connection} reload=${reload} />
</section>`;
