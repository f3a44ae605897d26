// All connections: first those that need somebody.
import { pages, useAct } from '../api.js';
import { Name, Time, counted, number, words } from '../format.js';
import { may } from '../session.js';
import { Answered, Badge, Needs, Page, Table } from '../ui.js';
import { html, useEffect, useState } from '../vendor/preact.js';

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

/** @type {import('../ui.js').Column<Connection>[]} */
const COLUMNS = [
  { head: 'Connection', cell: c => html`<a href=${c.status === 'pending' ? `#/connections/${c.id}/connect` : `#/connections/${c.id}`}><${Name} of=${c.name} /></a>` },
  { head: 'Status', cell: c => html`<${Status} of=${c.status} />` },
  { head: 'Account', cell: c => (c.account ? html`<code class="whole">${c.account}</code>` : 'not known yet') },
  { head: 'Tier', cell: c => c.tier },
  { head: 'Proven', cell: c => (c.proof ? html`<${Time} at=${c.proof.at} />` : 'never') },
  { head: 'Schedule', cell: c => words(c.schedule ?? 'off') },
  { head: 'Next scan', cell: c => (c.nextScanAt ? html`<${Time} at=${c.nextScanAt} />` : '–') },
];

export const Connections = () => {
  const [list, setList] = useState(/** @type {{ items: Connection[], more: boolean } | null} */ (null));
  const { problem, run } = useAct(() => pages('/connections?limit=100', 'connections').then(setList));
  useEffect(() => {
    run();
  }, []);
  return html`<${Page} title="Connections" actions=${may('write') && html`<a class="button primary" href="#/connect">Connect an account</a>`}>
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
