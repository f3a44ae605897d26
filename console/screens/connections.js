// All connections: first those that need somebody.
import { api, pages, useAct, useApi } from '../api.js';
import { Name, Time, counted, number } from '../format.js';
import { may } from '../session.js';
import { Answered, Badge, Coverage, Needs, Page, Table } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas['Connection']} Connection */

/** @type {Record<string, { tone: import('../ui.js').Tone, order: number }>} */
const STATUSES = {
  quarantined: { tone: 'bad', order: 0 },
  revoked: { tone: 'bad', order: 1 },
  pending: { tone: 'warn', order: 2 },
  active: { tone: 'good', order: 3 },
  disconnected: { tone: 'none', order: 4 },
};

/** @param {{ of: string }} props */
export const Status = ({ of }) => html`<${Badge} tone=${STATUSES[of]?.tone ?? 'none'}>${of}</${Badge}>`;

/** How many details are asked for at a time. */
const AT_ONCE = 4;

let asking = 0;

/** @type {(() => void)[]} */
const waiting = [];

/** As api.get, once fewer are being asked. @param {string} path @param {{ signal: AbortSignal }} options */
const inTurn = async (path, options) => {
  if (asking === AT_ONCE) {
    await new Promise(resolve => waiting.push(() => resolve(null)));
  } else {
    asking++;
  }
  try {
    return await api.get(path, options);
  } finally {
    const next = waiting.shift();
    next ? next() : asking--;
  }
};

/**
 * The newest result of a connection, which its details have: they are asked for once its row is seen.
 * @param {{ of: Connection }} props
 */
const LastScan = ({ of: { id, status } }) => {
  const cell = useRef(/** @type {HTMLElement | null} */ (null));
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && setSeen(true));
    observer.observe(/** @type {HTMLElement} */ (cell.current));
    return () => observer.disconnect();
  }, []);
  const { data, problem } = useApi(seen && status !== 'pending' ? `/connections/${id}` : null, undefined, inTurn);
  return html`<span ref=${cell}>${status === 'pending' ? 'never' : data ? html`<${Newest} of=${data} />` : problem ? 'not known' : '…'}</span>`;
};

/** @param {{ of: import('../api.js').Schemas['ConnectionDetail'] }} props */
const Newest = ({ of: { latest, runningScan, unreadable } }) =>
  latest
    ? html`<${Coverage} read=${latest.regionsCounted} enabled=${latest.regionsEnabled} chosen=${latest.regionsNotChosen !== undefined} whole=${latest.whole} /> <${Time} at=${latest.finishedAt} />`
    : unreadable ? 'cannot be read' : runningScan ? 'the first is under way' : 'never';

/** @type {import('../ui.js').Column<Connection>[]} */
const COLUMNS = [
  { head: 'Connection', cell: c => html`<a href=${c.status === 'pending' ? `#/connections/${c.id}/connect` : `#/connections/${c.id}`}><${Name} of=${c.name} /></a>` },
  { head: 'Status', cell: c => html`<${Status} of=${c.status} />` },
  { head: 'Account', cell: c => (c.account ? html`<code class="whole">${c.account}</code>` : 'not known yet') },
  { head: 'Tier', cell: c => c.tier },
  { head: 'Proven', cell: c => (c.proof ? html`<${Time} at=${c.proof.at} />` : 'never') },
  { head: 'Coverage, last scan', cell: c => html`<${LastScan} of=${c} />` },
  { head: 'Next scan', cell: c => (c.nextScanAt ? html`<${Time} at=${c.nextScanAt} />, ${c.schedule}` : c.schedule === 'off' ? 'off' : 'none meanwhile') },
];

export const Connections = () => {
  const [list, setList] = useState(/** @type {{ items: Connection[], more: boolean } | null} */ (null));
  const { problem, run } = useAct(() => pages('/connections?limit=100', 'connections').then(setList));
  useEffect(() => {
    run();
  }, []);
  return html`<${Page} title="Connections" actions=${list !== null && list.items.length > 0 && may('write') && html`<a class="button primary" href="#/connect">Connect an account</a>`}>
    <${Answered} of=${{ data: list, problem, reload: run }}>${(/** @type {NonNullable<typeof list>} */ { items, more }) =>
      items.length === 0
        ? html`<${None} />`
        : html`<${Table} caption=${counted(items.length, 'connection')} columns=${COLUMNS} rows=${inOrder(items)} id=${(/** @type {Connection} */ c) => c.id} />
            ${more && html`<p>Only the first ${number(items.length)} are shown.</p>`}`}</${Answered}></${Page}>`;
};

const None = () => html`<section class="welcome">
  <h2>No account is connected yet</h2>
  <p>An account is connected through a role that its owner makes, reads before granting, and deletes to revoke. We count; we store no credential and no answer of AWS.</p>
  <${Needs} scope="write"><a class="button primary" href="#/connect">Connect an account</a></${Needs}>
</section>`;

/** @param {Connection[]} connections */
const inOrder = connections =>
  [...connections].sort((a, b) =>
    (STATUSES[a.status]?.order ?? 9) - (STATUSES[b.status]?.order ?? 9) || a.name.localeCompare(b.name, 'en'));
