// The APIs of an account: what there is, who may call it, what changed, and what nobody declared.
import { api, useApi } from '../api.js';
import { ConnectionPage } from '../connection.js';
import { OF_APIS } from '../flags.js';
import { Name, Time, counted, number, sum, words } from '../format.js';
import { Choice, Download, LongTable, More, Views, asked } from '../lists.js';
import { filter } from '../router.js';
import { Badge, Loading, Note, ProblemNote, Severity, Table } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { Catalog, Changes } from './api-comparisons.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Api']} Api */
/** @typedef {Api['routes'][number]} Route */
/** @typedef {Schemas['ApiPage']} ApiPage */
/** @typedef {Schemas['ApiSummary']} Summary */
/** @typedef {Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {import('../api.js').Problem} Problem */
/** @typedef {import('../ui.js').Tone} Tone */

/** The conditions of a list, as the API names them. */
const CONDITIONS = ['name', 'region', 'kind', 'exposure', 'authorization', 'flag', 'standing'];

/** Those from the most exposed on. @type {Record<Schemas['Exposure'], { tone: Tone, who: string }>} */
const EXPOSURES = {
  public: { tone: 'warn', who: 'anyone on the internet' },
  unknown: { tone: 'none', who: 'somebody: what would tell was not read' },
  restricted: { tone: 'info', who: 'those on the internet whom its resource policy names' },
  private: { tone: 'good', who: 'callers in VPCs' },
  unreachable: { tone: 'none', who: 'nobody' },
};

/** Those from the least that a caller must show on. @type {Record<Schemas['Authorization'], { tone: Tone, what: string }>} */
const AUTHORIZATIONS = {
  none: { tone: 'bad', what: 'without showing anything' },
  api_key_only: { tone: 'warn', what: 'with an API key alone' },
  unknown: { tone: 'none', what: 'with something that is not known here' },
  not_applicable: { tone: 'none', what: 'with whatever is behind it' },
  lambda: { tone: 'good', what: 'past a Lambda authorizer' },
  cognito: { tone: 'good', what: 'with a token of a Cognito user pool' },
  jwt: { tone: 'good', what: 'with a JWT' },
  iam: { tone: 'good', what: 'with a request signed for IAM' },
  mutual_tls: { tone: 'good', what: 'with a client certificate' },
};

const VIEWS = [['', 'Inventory'], ['changes', 'What changed'], ['catalog', 'Catalogue']];

/** @param {{ id: string }} props */
export const Apis = ({ id }) => html`<${ConnectionPage} id=${id} here="/apis" title="APIs">${(/** @type {ConnectionDetail} */ connection) =>
  connection.tier === 'audit' ? html`<${ViewsOf} connection=${connection} />` : html`<${Minimal} />`}</${ConnectionPage}>`;

const Minimal = () => html`<section class="welcome">
  <h2>This connection reads no APIs</h2>
  <p>Its tier is minimal: the role lets us count instances and buckets, and nothing else. APIs are read in the audit tier, which has a role and a template of its own.</p>
  <a class="button" href="#/connect">Connect with the audit tier</a></section>`;

/** @param {{ connection: ConnectionDetail }} props */
const ViewsOf = ({ connection }) => {
  const { id } = connection;
  const view = asked('view');
  const { data } = useApi(`/connections/${id}/history?detail=regions`);
  const snapshots = /** @type {Schemas['History'] | null} */ (data)?.snapshots ?? [];
  return html`
    <${Views} label="Views of the APIs" page=${`/connections/${id}/apis`} of=${VIEWS} />
    ${view === 'changes'
      ? html`<${Changes} id=${id} snapshots=${snapshots} />`
      : view === 'catalog'
        ? html`<${Catalog} id=${id} />`
        : html`<${Inventory} connection=${connection} regions=${['global', ...(snapshots[0]?.regions ?? []).map(({ region }) => region)]} />`}`;
};

/** @param {{ connection: ConnectionDetail, regions: string[] }} props */
const Inventory = ({ connection: { id, runningScan, status }, regions }) => {
  const conditions = CONDITIONS.filter(name => asked(name) !== '').map(name => `&${name}=${encodeURIComponent(asked(name))}`).join('');
  const region = asked('region');
  const { page, items, more, problem, busy, stale } = useInventory(`/connections/${id}/apis?limit=50${conditions}`);
  if (problem?.code === 'no_inventory') {
    return html`<section class="welcome"><h2>No scan has read the APIs yet</h2>
      <p>${runningScan ? html`One is under way: <a href=${`#/connections/${id}/scans/${runningScan}`}>watch it</a>. The APIs appear when it has ended.`
        : status === 'active' ? html`The first scan finds them. <a href=${`#/connections/${id}`}>Start one</a>` : 'There is no result of a scan that found them.'}</p></section>`;
  }
  return html`
    ${page && html`<${Sums} of=${page} />`}
    ${page && html`<${Unread} of=${page.summary.unread} read=${page.summary.sourcesRead} />`}
    <${Filters} summary=${page?.summary} regions=${regions} />
    <${ProblemNote} problem=${problem} retry=${more} />
    ${page === null ? !problem && html`<${Loading} />` : html`
      <div class="list-head"><h2 aria-live="polite">${stale ? 'Loading…' : conditions ? `${number(page.matching)} of ${counted(sum(page.summary.apis), 'API')}` : counted(page.matching, 'API')}</h2>
        ${conditions && html`<button type="button" class="plain" onClick=${() => filter(Object.fromEntries(CONDITIONS.map(name => [name, ''])))}>Clear all conditions</button>`}
        ${region && html`<${Download} path=${`/connections/${id}/apis/openapi?region=${encodeURIComponent(region)}`} name=${`apis-${region}.openapi.json`}>OpenAPI of ${region}</${Download}>`}</div>
      ${items.length === 0
        ? html`<p class="empty">${conditions ? 'No API meets all conditions.' : 'The scan found no API in what it read.'}</p>`
        : html`<div class=${stale ? 'rows apis stale' : 'rows apis'} aria-busy=${stale}>${items.map(each => html`<${Row} key=${each.id} id=${id} of=${each} />`)}</div>`}
      ${page.next && html`<${More} here=${items.length} of=${Math.max(page.matching, items.length + 1)} busy=${busy} onMore=${more} />`}`}`;
};

/**
 * The pages of a list so far, one below the other.
 * @param {string} path
 */
const useInventory = path => {
  const [state, setState] = useState({ path, page: /** @type {ApiPage | null} */ (null), items: /** @type {Api[]} */ ([]), problem: /** @type {Problem | null} */ (null), busy: false });
  const wanted = useRef(path);
  wanted.current = path;
  const load = async (/** @type {ApiPage | null} */ after, /** @type {Api[]} */ before) => {
    setState(was => ({ ...was, busy: true, problem: null }));
    try {
      const page = /** @type {ApiPage} */ (await api.get(after?.next ? `${path}&after=${encodeURIComponent(after.next)}` : path));
      if (wanted.current === path) {
        setState({ path, page, items: joined(before, page.items), problem: null, busy: false });
      }
    } catch (e) {
      if (wanted.current === path) {
        const problem = /** @type {Problem} */ (e);
        setState(was => ({ ...was, path, problem, busy: false, ...(problem.status === 404 ? { page: null, items: [] } : {}) }));
      }
    }
  };
  useEffect(() => {
    load(null, []);
  }, [path]);
  return { ...state, stale: state.path !== path, more: () => load(state.page, state.items) };
};

/**
 * An API that fits on no page has some of its routes on each.
 * @param {Api[]} before
 * @param {Api[]} items
 */
const joined = (before, items) => {
  const all = [...before];
  for (const item of items) {
    const last = all.at(-1);
    if (item.routesBefore && last?.id === item.id) {
      all[all.length - 1] = { ...last, routes: [...last.routes, ...item.routes] };
    } else {
      all.push(item);
    }
  }
  return all;
};

/** @param {{ of: ApiPage }} props */
const Sums = ({ of: { summary, finishedAt } }) => {
  const routes = sum(summary.routes);
  const open = summary.publicRoutesWithoutAuthorization;
  return html`<dl class="figures">
    <div><dt>APIs</dt><dd class="figure">${number(sum(summary.apis))}</dd></div>
    <div><dt>Routes</dt><dd class="figure">${number(routes)}</dd></div>
    <div><dt>Anyone may call</dt><dd class="figure">${number(open)} <small>of ${counted(routes, 'route')}: public, without authorization</small></dd></div>
    <div><dt>Read</dt><dd><${Time} at=${finishedAt} /></dd></div></dl>`;
};

/** @param {{ of: Summary['unread'], read: number }} props */
const Unread = ({ of, read }) => of.length > 0 && html`<${Note} tone="warn" title=${`${number(of.length)} of ${number(of.length + read)} services in regions were not read whole`}>
  <p>Nothing is said of what they hold: the counts are of the rest.</p>
  <details><summary>Which, and why</summary><${Table} caption="Not read" rows=${of} columns=${UNREAD} /></details></${Note}>`;

/** @type {import('../ui.js').Column<Summary['unread'][number]>[]} */
const UNREAD = [
  { head: 'Region', cell: u => html`<code>${u.region}</code>` },
  { head: 'Service', cell: u => words(u.service) },
  { head: 'Why', cell: u => html`${words(u.reason)} <span class="hint">${u.code}</span>` },
  { head: 'Of it', cell: u => (u.items ? [u.left && `${number(u.left.items)} of ${number(u.left.of)}`, ...u.items.map(item => html`<div><${Name} of=${item} /></div>`)] : 'all') },
];

/** @param {{ summary: Summary | undefined, regions: string[] }} props */
const Filters = ({ summary, regions }) => html`<form class="filters" role="search" aria-label="Conditions" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}>
  <${NameFilter} value=${asked('name')} />
  <${Choice} name="exposure" label="Exposure" of=${Object.keys(EXPOSURES).map(each => [each, each])} />
  <${Choice} name="authorization" label="Authorization" of=${Object.keys(AUTHORIZATIONS).map(each => [each, `${words(each)}${summary ? ` (${number(summary.routes[each] ?? 0)})` : ''}`])} />
  <${Choice} name="flag" label="Flag" of=${OF_APIS.map(each => [each, words(each)])} />
  <${Choice} name="kind" label="Kind" of=${Object.entries(summary?.apis ?? {}).map(([each, count]) => [each, `${words(each)} (${number(count)})`])} />
  <${Choice} name="region" label="Region" of=${regions.map(each => [each, each])} />
  <${Choice} name="standing" label="In the catalogue" of=${[['declared', 'declared'], ['shadow', 'shadow: not declared']]} />
</form>`;

/** What is typed is asked for once the typing pauses. @param {{ value: string }} props */
const NameFilter = ({ value }) => {
  const [text, setText] = useState(value);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (/** @type {any} */ e) => {
    const typed = e.target.value;
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => filter({ name: typed }), 300);
  };
  return html`<label class="wide">Name or host <input type="search" maxlength="256" value=${text} onInput=${type} placeholder="a part of it" /></label>`;
};

/** @param {{ id: string, of: Api }} props */
const Row = ({ id, of }) => {
  const [open, setOpen] = useState(false);
  const worst = of.flags[0];
  const free = of.routes.filter(route => route.exposure === 'public' && (route.authorization === 'none' || route.authorization === 'api_key_only')).length;
  return html`<details class="row" open=${open} onToggle=${(/** @type {any} */ e) => setOpen(e.currentTarget.open)}>
    <summary><${Exposed} of=${of.exposure} />
      <span><strong><${Name} of=${of.name} /></strong> <span class="hint">${words(of.kind)} · <code>${of.region}</code></span>
        ${of.standing === 'shadow' && html` <${Badge} tone="warn">shadow</${Badge}>`}</span>
      <span class="hint">${worst && html`<${Severity} of=${worst.severity} /> `}${free > 0 ? `${number(free)} of ${counted(of.routeCount, 'route')} open` : counted(of.routeCount, 'route')}</span></summary>
    ${open && html`<div><${Detail} id=${id} of=${of} /></div>`}</details>`;
};

/** @param {{ of: Schemas['Exposure'] }} props */
const Exposed = ({ of }) => html`<${Badge} tone=${EXPOSURES[of]?.tone ?? 'none'}>${of}</${Badge}>`;

/** @param {{ of: Schemas['Authorization'] }} props */
const Authorized = ({ of }) => html`<${Badge} tone=${AUTHORIZATIONS[of]?.tone ?? 'none'}>${words(of)}</${Badge}>`;

/** @param {{ id: string, of: Api }} props */
const Detail = ({ id, of }) => html`
  <${EasiestWayIn} of=${of} />
  ${of.flags.length > 0 && html`<h3>Flags</h3><ul class="checks">${of.flags.map(({ kind, severity, count }) =>
    html`<li><span>${words(kind)} <span class="hint">${counted(count, 'place')}</span></span><${Severity} of=${severity} /></li>`)}</ul>`}
  <h3>Ways in</h3>
  <${Table} caption=${counted(of.entrances.length, 'entrance')} rows=${of.entrances} columns=${ENTRANCES} empty="no way to it is open." />
  <h3>Routes</h3><${LongTable} caption=${of.routes.length < of.routeCount ? `${number(of.routes.length)} of ${counted(of.routeCount, 'route')}; the others are on the next page of the list` : counted(of.routeCount, 'route')}
    rows=${of.routes} columns=${ROUTES} first=${50} empty="none was found." />
  ${of.deployments.length > 0 && html`<h3>Stages</h3><${Table} caption=${counted(of.deployments.length, 'stage')} rows=${of.deployments} columns=${STAGES} />`}
  ${of.issuers.length > 0 && html`<h3>Tokens are taken from</h3><ul>${of.issuers.map(issuer => html`<li><${Name} of=${issuer} /></li>`)}</ul>`}
  <p class="foot"><code><${Name} of=${of.id} /></code> <${Download} path=${`/connections/${id}/apis/openapi?api=${encodeURIComponent(of.id)}`} name=${`${of.id.replaceAll(/[^\w.-]+/g, '-')}.openapi.json`}>OpenAPI</${Download}></p>`;

/** @param {{ of: Api }} props */
const EasiestWayIn = ({ of }) => {
  const route = easiest(of.routes);
  const way = of.entrances.find(({ exposure }) => exposure === route?.exposure) ?? of.entrances[0];
  return route && html`<p><strong>Easiest way in:</strong> <${RouteName} of=${route} /> may be called by ${EXPOSURES[route.exposure]?.who ?? route.exposure}, ${AUTHORIZATIONS[route.authorization]?.what ?? words(route.authorization)}${
    way?.url && html`, at <${Name} of=${way.url} />`}.${of.routes.length < of.routeCount && ` Of the ${number(of.routes.length)} of ${counted(of.routeCount, 'route')} that are here.`}</p>`;
};

/** @param {Route[]} routes */
const easiest = routes => {
  const exposures = Object.keys(EXPOSURES);
  const authorizations = Object.keys(AUTHORIZATIONS);
  const ease = (/** @type {Route} */ r) => exposures.indexOf(r.exposure) * authorizations.length + authorizations.indexOf(r.authorization);
  return routes.reduce((/** @type {Route | undefined} */ best, route) => (best === undefined || ease(route) < ease(best) ? route : best), undefined);
};

/** @param {{ of: Route }} props */
const RouteName = ({ of }) => html`<code>${of.method && `${of.method} `}<${Name} of=${of.path} /></code>`;

/** @type {import('../ui.js').Column<Route>[]} */
const ROUTES = [
  { head: 'Route', cell: r => html`<${RouteName} of=${r} />` },
  { head: 'Who may call', cell: r => html`<${Exposed} of=${r.exposure} />` },
  { head: 'Must show', cell: r => html`<${Authorized} of=${r.authorization} />${r.authorizer && html` <${Name} of=${r.authorizer} />`}${r.apiKeyRequired && r.authorization !== 'api_key_only' ? ' and an API key' : ''}` },
  { head: 'Answered by', cell: r => words(r.integration) },
];

/** @type {import('../ui.js').Column<Api['entrances'][number]>[]} */
const ENTRANCES = [
  { head: 'Address', cell: e => (e.url ? html`<${Name} of=${e.url} />` : 'has no name') },
  { head: 'Is', cell: e => html`${words(e.kind)}${e.stage && html`, stage <${Name} of=${e.stage} />`}` },
  { head: 'Exposure', cell: e => html`<${Exposed} of=${e.exposure} />` },
  { head: 'TLS', cell: e => [e.tls ?? 'AWS does not say', e.mutualTls && 'client certificate', e.plainHttp && html` <${Badge} tone="bad">plain HTTP</${Badge}>`].filter(Boolean).map((each, i) => [i > 0 && ', ', each]) },
  { head: 'WAF', cell: e => (e.webAcl ? html`<${Name} of=${e.webAcl} />` : 'none') },
];

/** @type {import('../ui.js').Column<Api['deployments'][number]>[]} */
const STAGES = [
  { head: 'Stage', cell: d => html`<${Name} of=${d.stage} />` },
  { head: 'Deployed', cell: d => (d.deployed ? d.deployedAt ? html`<${Time} at=${d.deployedAt} />` : 'yes' : html`<${Badge} tone="warn">nothing</${Badge}>`) },
  { head: 'Access logs', cell: d => yes(d.accessLogs) },
  { head: 'Own limit', cell: d => yes(d.throttled) },
  { head: 'WAF', cell: d => (d.webAcl ? html`<${Name} of=${d.webAcl} />` : 'none') },
];

/** @param {boolean} is */
const yes = is => html`<${Badge} tone=${is ? 'good' : 'warn'}>${is ? 'yes' : 'no'}</${Badge}>`;
