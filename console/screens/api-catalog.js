// The APIs that an account's owner knows of, held against those that a scan found.
import { Problem, api, pages, useApi } from '../api.js';
import { Time, counted } from '../format.js';
import { Name } from '../text.js';
import { Badge, Loading, Note, ProblemNote, Table } from '../ui.js';
import { html, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['CatalogStandings']} Standings */
/** @typedef {Standings['entries'][number]} Entry */

const EXAMPLE = `{
  "entries": [
    { "host": "api.example.com", "routes": ["GET /orders/{id}"] }
  ]
}`;

/** @param {{ id: string }} props */
export const Catalog = ({ id }) => {
  const { data, problem, reload } = useApi(`/connections/${id}/apis/catalog`);
  const standings = /** @type {Standings | null} */ (data);
  const none = problem?.code === 'no_catalog';
  return html`
    ${!none && html`<${ProblemNote} problem=${problem} retry=${reload} />`}
    ${standings === null
      ? none
        ? html`<section><h2>Nothing is declared yet</h2><p>Declare the APIs that you know of. From then on, a <strong>shadow</strong> is what was found and not declared, and a <strong>zombie</strong> what was declared and is not there any more.</p></section>`
        : !problem && html`<${Loading} />`
      : html`<${Standing} id=${id} of=${standings} />`}
    ${(standings !== null || none) && html`<${Declare} id=${id} declared=${standings} onDeclared=${reload} />`}`;
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
      <${Table} caption=${`Zombies: ${counted(zombies.length, 'entry', 'entries')} that declare what is not there`} rows=${zombies} columns=${ZOMBIES} empty="all that was declared is there." />`}`;
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
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = (/** @type {() => Promise<void>} */ act) => async () => {
    setBusy(true);
    setProblem(null);
    setSaid('');
    try {
      await act();
    } catch (e) {
      setProblem(/** @type {Problem} */ (e));
    }
    setBusy(false);
  };
  const put = attempt(async () => {
    const { entries, routes } = await api.put(`/connections/${id}/apis/catalog`, parsed(text));
    setSaid(`Declared: ${counted(entries, 'API')}${routes > 0 ? `, ${counted(routes, 'route')} of them one by one` : ''}.`);
    onDeclared();
  });
  const fill = attempt(async () => {
    const { items } = await pages(`/connections/${id}/apis?limit=500`, 'items');
    setText(JSON.stringify({ entries: [...new Set(items.map(item => item.id))].map(each => ({ id: each })) }, null, 2));
  });
  const read = (/** @type {any} */ e) => {
    const [file] = e.target.files;
    file?.text().then(setText, () => setProblem(new Problem(0, { title: 'The file cannot be read', detail: 'The browser could not read it.' })));
  };
  const current = declared?.entries.map(({ id: api, host, routes }) => ({ ...(api ? { id: api } : {}), ...(host ? { host } : {}), ...(routes?.length ? { routes } : {}) }));
  return html`<section class="panel"><h2>${declared ? 'Declare anew' : 'Declare'}</h2>
    <p>JSON with an entry for each API, by its id or by a host. Without <code>routes</code> the API is declared as a whole. ${declared && 'It takes the place of what was declared before.'}</p>
    <div class="actions starts">
      <button type="button" disabled=${busy} onClick=${fill}>Start from what was found</button>
      ${current && html`<button type="button" onClick=${() => setText(JSON.stringify({ entries: current }, null, 2))}>Start from what is declared</button>`}
    </div>
    <label>From a file <input type="file" accept=".json,application/json" onChange=${read} /></label>
    <label>Catalogue <textarea rows="12" spellcheck="false" class="code" value=${text} placeholder=${EXAMPLE} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea></label>
    <${ProblemNote} problem=${problem} />
    <p role="status">${said}</p>
    <button type="button" class="primary" disabled=${busy || text.trim() === ''} onClick=${put}>${busy ? 'Working…' : 'Declare'}</button></section>`;
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
