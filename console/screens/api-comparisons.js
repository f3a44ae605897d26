// The APIs of an account held against those of an earlier scan, and against those that its owner knows of.
import { Problem, api, pages, useAct, useApi } from '../api.js';
import { Name, Time, counted, dateTime, number, words } from '../format.js';
import { Choice, More, asked } from '../lists.js';
import { Badge, Loading, Needs, Note, ProblemNote, Table } from '../ui.js';
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
  const changes = all?.path === path ? all.changes : (first?.changes ?? []);
  const { busy, problem: refused, run, forget } = useAct(async () => {
    const { items } = await pages(path.replace(`limit=${SHOWN}`, 'limit=1000'), 'changes');
    setAll({ path, changes: items });
  });
  useEffect(forget, [path]);
  const older = snapshots.slice(1).filter(({ tier }) => tier === 'audit');
  if (problem?.code === 'no_inventory') {
    return html`<section class="welcome"><h2>Nothing to compare yet</h2><p>No scan has read the APIs. <a href=${`#/connections/${id}`}>Start one</a></p></section>`;
  }
  return html`
    ${older.length > 0 && html`<form class="filters" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}><${Choice} name="since" label="Compare the newest scan with that of" any="the one before" of=${older.map(({ scanId, finishedAt }) => [scanId, dateTime(finishedAt)])} /></form>`}
    <${ProblemNote} problem=${problem ?? refused} retry=${problem ? reload : run} />
    ${first === null ? !problem && html`<${Loading} />` : html`
      ${first.notCompared.length > 0 && html`<${Note} tone="warn" title=${`${counted(first.notCompared.length, 'service')} in regions could not be compared`}>
        <p>They were not read in both scans: nothing is said of ${first.notCompared.slice(0, 8).map(({ region, service }) => `${words(service)} in ${region}`).join(', ')}${first.notCompared.length > 8 ? ` and ${number(first.notCompared.length - 8)} more` : ''}.</p></${Note}>`}
      ${first.baseline
        ? html`<section class="welcome"><h2>This is the baseline</h2><p>The scan that ended <${Time} at=${first.finishedAt} /> is the first that read the APIs. From the next one on, what is new, changed or gone stands here.</p></section>`
        : html`<${Table} rows=${changes} columns=${COLUMNS} empty="nothing differs between the two scans in what both read."
            caption=${html`${counted(first.total, 'change')} since ${first.sinceFinishedAt ? html`<${Time} at=${first.sinceFinishedAt} />` : 'the scan before'}`} />
          <${More} here=${changes.length} of=${first.total} busy=${busy} onMore=${run} />`}`}`;
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

/** @typedef {Schemas['CatalogStandings']} Standings */
/** @typedef {Standings['entries'][number]} Entry */

const EXAMPLE = `{
  "entries": [
    { "host": "api.example.com", "routes": ["GET /orders/{id}"] }
  ]
}`;

/**
 * The standings of all pages.
 * @param {string} path
 * @param {{ signal: AbortSignal }} options
 */
const whole = async (path, options) => {
  const first = await api.get(path, options);
  for (let { next } = first; next !== undefined; ) {
    const page = await api.get(`${path}?after=${encodeURIComponent(next)}`, options);
    first.entries.push(...page.entries);
    first.shadows.push(...page.shadows);
    next = page.next;
  }
  return first;
};

/** @param {{ id: string }} props */
export const Catalog = ({ id }) => {
  const { data, problem, reload } = useApi(`/connections/${id}/apis/catalog`, undefined, whole);
  const standings = /** @type {Standings | null} */ (data);
  const none = problem?.code === 'no_catalog';
  return html`
    ${!none && html`<${ProblemNote} problem=${problem} retry=${reload} />`}
    ${standings === null
      ? none
        ? html`<section><h2>Nothing is declared yet</h2><p>Declare the APIs that you know of. From then on, a <strong>shadow</strong> is what was found and not declared, and a <strong>zombie</strong> what was declared and is not there any more.</p></section>`
        : !problem && html`<${Loading} />`
      : html`<${Standing} id=${id} of=${standings} />`}
    ${(standings !== null || none) && html`<${Needs} scope="write"><${Declare} id=${id} declared=${standings} onDeclared=${reload} /></${Needs}>`}`;
};

/** @param {{ id: string, of: Standings }} props */
const Standing = ({ id, of }) => {
  const zombies = of.entries.filter(({ standing, zombieRoutes }) => standing === 'zombie' || zombieRoutes.length > 0);
  const unknown = of.entries.filter(({ standing }) => standing === 'unknown');
  const agrees = of.scanId !== undefined && of.shadows.length === 0 && zombies.length === 0 && unknown.length === 0;
  const apis = of.shadows.filter(({ standing }) => standing === 'shadow').length;
  return html`
    <p>Declared <${Time} at=${of.declaredAt} />: ${counted(of.entries.length, 'entry', 'entries')}.${!of.scanId && ' No scan has read the APIs since, so nothing can be said of them yet.'}</p>
    ${agrees && html`<${Note} tone="good" title="What was found is what was declared" />`}
    ${unknown.length > 0 && html`<${Note} tone="warn" title=${`Of ${counted(unknown.length, 'entry', 'entries')} nothing can be said`}><p>What would have them was not read.</p></${Note}>`}
    ${of.scanId && !agrees && html`
      <${Table} caption=${`Shadows: ${counted(of.shadows.length, 'API')} with something that was not declared`} rows=${of.shadows} columns=${SHADOWS} empty="all that was found is declared." />
      ${apis > 0 && html`<p><a href=${`#/connections/${id}/apis?standing=shadow`}>See ${counted(apis, 'shadow API')} in the inventory</a></p>`}
      <${Table} caption=${`Zombies: ${counted(zombies.length, 'entry', 'entries')} that declare what is not there`} rows=${zombies} columns=${ZOMBIES} empty=${unknown.length > 0 ? 'none that is known of.' : 'all that was declared is there.'} />`}`;
};

/** @type {import('../ui.js').Column<Standings['shadows'][number]>[]} */
const SHADOWS = [
  { head: 'API', cell: s => html`<code><${Name} of=${s.api} /></code>` },
  { head: 'Not declared', cell: s => (s.standing === 'shadow' ? html`<${Badge} tone="warn">the whole API</${Badge}>` : html`<${Routes} of=${s.routes} />`) },
];

/** @type {import('../ui.js').Column<Entry>[]} */
const ZOMBIES = [
  { head: 'Declared', cell: e => html`<code><${Name} of=${e.id ?? e.host ?? ''} /></code>` },
  { head: 'Not there', cell: e => (e.standing === 'zombie' ? html`<${Badge} tone="warn">the whole API</${Badge}>` : html`<${Routes} of=${e.zombieRoutes} />`) },
];

const ROUTES_SHOWN = 20;

/** @param {{ of: string[] }} props */
const Routes = ({ of }) => html`${of.slice(0, ROUTES_SHOWN).map(route => html`<div><code><${Name} of=${route} /></code></div>`)}
  ${of.length > ROUTES_SHOWN && html`<div class="hint">and ${counted(of.length - ROUTES_SHOWN, 'route')} more</div>`}`;

/** @param {{ id: string, declared: Standings | null, onDeclared: () => void }} props */
const Declare = ({ id, declared, onDeclared }) => {
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const { busy, problem, run } = useAct((/** @type {() => Promise<unknown>} */ act) => {
    setSaid('');
    return act();
  });
  const put = async () => {
    const { entries, routes } = await api.put(`/connections/${id}/apis/catalog`, parsed(text));
    setSaid(`Declared: ${counted(entries, 'API')}${routes > 0 ? `, ${counted(routes, 'route')} of them one by one` : ''}.`);
    onDeclared();
  };
  const fill = async () => {
    const { items } = await pages(`/connections/${id}/apis?limit=500`, 'items');
    setText(JSON.stringify({ entries: [...new Set(items.map(item => item.id))].map(each => ({ id: each })) }, null, 2));
  };
  const read = async (/** @type {any} */ e) => e.target.files[0]?.text().then(setText, unreadable);
  const current = declared?.entries.map(({ id: api, host, routes }) => ({ ...(api ? { id: api } : {}), ...(host ? { host } : {}), ...(routes?.length ? { routes } : {}) }));
  return html`<section class="panel"><h2>${declared ? 'Declare anew' : 'Declare'}</h2>
    <p>JSON with an entry for each API, by its id or by a host. Without <code>routes</code> the API is declared as a whole. ${declared && 'It takes the place of what was declared before.'}</p>
    <div class="actions starts">
      <button type="button" disabled=${busy} onClick=${() => run(fill)}>Start from what was found</button>
      ${current && html`<button type="button" onClick=${() => setText(JSON.stringify({ entries: current }, null, 2))}>Start from what is declared</button>`}
    </div>
    <label>From a file <input type="file" accept=".json,application/json" onChange=${(/** @type {any} */ e) => run(() => read(e))} /></label>
    <label>Catalogue <textarea rows="12" spellcheck="false" class="code" value=${text} placeholder=${EXAMPLE} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea></label>
    <${ProblemNote} problem=${problem} />
    <p role="status">${said}</p>
    <button type="button" class="primary" disabled=${busy || text.trim() === ''} onClick=${() => run(put)}>${busy ? 'Working…' : 'Declare'}</button></section>`;
};

const unreadable = () => {
  throw new Problem(0, { title: 'The file cannot be read', detail: 'The browser could not read it.' });
};

/**
 * The catalogue that was written; the API says what else is wrong with it.
 * @param {string} text
 */
const parsed = text => {
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Problem(400, { title: 'This is not JSON', detail: /** @type {Error} */ (e).message });
  }
};
