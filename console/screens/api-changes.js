// What changed in the APIs of an account between two scans.
import { pages, useApi } from '../api.js';
import { Time, counted, dateTime, number, words } from '../format.js';
import { Choice, More, asked } from '../lists.js';
import { Name } from '../text.js';
import { Badge, Loading, Note, ProblemNote, Table } from '../ui.js';
import { html, useEffect, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['ApiChanges']} ApiChanges */
/** @typedef {ApiChanges['changes'][number]} Change */
/** @typedef {Schemas['Snapshot']} Snapshot */

/** @type {Record<Change['change'], { tone: import('../ui.js').Tone, word: string }>} */
const CHANGES = { added: { tone: 'info', word: 'new' }, changed: { tone: 'warn', word: 'changed' }, removed: { tone: 'none', word: 'gone' } };

const SHOWN = 100;

/** @param {{ id: string, snapshots: Snapshot[] }} props */
export const Changes = ({ id, snapshots }) => {
  const since = asked('since');
  const path = `/connections/${id}/apis/changes?limit=${SHOWN}${since && `&since=${encodeURIComponent(since)}`}`;
  const { data, problem, reload } = useApi(path);
  const first = /** @type {ApiChanges | null} */ (data);
  const [all, setAll] = useState(/** @type {{ path: string, changes: Change[] } | null} */ (null));
  const [refused, setRefused] = useState(/** @type {import('../api.js').Problem | null} */ (null));
  useEffect(() => setRefused(null), [path]);
  const changes = all?.path === path ? all.changes : (first?.changes ?? []);
  const more = () => {
    setRefused(null);
    pages(path.replace(`limit=${SHOWN}`, 'limit=1000'), 'changes').then(({ items }) => setAll({ path, changes: items }), setRefused);
  };
  const older = snapshots.slice(1).filter(({ tier }) => tier === 'audit');
  if (problem?.code === 'no_inventory') {
    return html`<section class="welcome"><h2>Nothing to compare yet</h2><p>No scan has read the APIs. <a href=${`#/connections/${id}`}>Start one</a></p></section>`;
  }
  return html`
    ${older.length > 0 && html`<form class="filters" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}><${Choice} name="since" label="Compare the newest scan with that of" any="the one before" of=${older.map(({ scanId, finishedAt }) => [scanId, dateTime(finishedAt)])} /></form>`}
    <${ProblemNote} problem=${problem ?? refused} retry=${problem ? reload : more} />
    ${first === null ? !problem && html`<${Loading} />` : html`
      ${first.notCompared.length > 0 && html`<${Note} tone="warn" title=${`${counted(first.notCompared.length, 'service')} in regions could not be compared`}>
        <p>They were not read in both scans: nothing is said of ${first.notCompared.slice(0, 8).map(({ region, service }) => `${words(service)} in ${region}`).join(', ')}${first.notCompared.length > 8 ? ` and ${number(first.notCompared.length - 8)} more` : ''}.</p></${Note}>`}
      ${first.baseline
        ? html`<section class="welcome"><h2>This is the baseline</h2><p>The scan that ended <${Time} at=${first.finishedAt} /> is the first that read the APIs. From the next one on, what is new, changed or gone stands here.</p></section>`
        : html`<${Table} rows=${changes} columns=${COLUMNS} empty="nothing differs between the two scans in what both read."
            caption=${html`${counted(first.total, 'change')} since ${first.sinceFinishedAt ? html`<${Time} at=${first.sinceFinishedAt} />` : 'the scan before'}`} />
          <${More} here=${changes.length} of=${first.total} onMore=${more} />`}`}`;
};

/** @type {import('../ui.js').Column<Change>[]} */
const COLUMNS = [
  { head: 'Change', cell: c => html`<${Badge} tone=${CHANGES[c.change].tone}>${CHANGES[c.change].word}</${Badge}>` },
  { head: 'API', cell: c => html`<${Name} of=${c.name} /> <span class="hint">${words(c.kind)} · <code>${c.region}</code></span>` },
  { head: 'Route', cell: c => (c.route ? html`<code><${Name} of=${c.route} /></code>` : 'the API itself') },
  { head: 'From → to', cell: c => (c.differences.length === 0 ? '–' : c.differences.map(({ property, before, after }) =>
    html`<div>${words(property)}: <${Value} of=${before} /> → <strong><${Value} of=${after} /></strong></div>`)) },
];

/** @param {{ of: string }} props */
const Value = ({ of }) => (of === '' ? html`<em>none</em>` : html`<${Name} of=${of} />`);
