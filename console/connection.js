// What all pages of a connection share: whose it is, how it is, its other pages, and scanning it.
import { Problem, api, useApi } from './api.js';
import { Time, words } from './format.js';
import { go } from './router.js';
import { Status } from './screens/connections.js';
import { Name } from './text.js';
import { ConnectionNav, Loading, Note, Page, ProblemNote } from './ui.js';
import { html, useState } from './vendor/preact.js';

/** @typedef {import('./api.js').Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {import('./vendor/preact.js').ComponentChildren} Children */

/** How often a connection that is being scanned is asked after, in milliseconds. */
const WHILE_SCANNED = 5_000;

/**
 * A page of a connection.
 * @param {{ id: string, here: string, title: string, actions?: (connection: ConnectionDetail, reload: () => void) => Children, children: (connection: ConnectionDetail, reload: () => void) => Children }} props
 *   `here`: the page's part of the address; `children`: what it shows
 */
export const ConnectionPage = ({ id, here, title, actions, children }) => {
  const { data, problem, reload } = useApi(`/connections/${id}`, (/** @type {ConnectionDetail} */ c) => (c.runningScan ? WHILE_SCANNED : null));
  const back = { href: '#/', text: 'All connections' };
  if (data === null) {
    return html`<${Page} title=${title} back=${back}>${problem ? html`<${ProblemNote} problem=${problem} retry=${reload} />` : html`<${Loading} />`}</${Page}>`;
  }
  return html`<${Page} title=${title} back=${back} actions=${actions?.(data, reload)}
      heading=${html`<${Name} of=${data.name} /> <${Status} of=${data.status} />`}>
    <p class="under">${data.account ? html`AWS account <code>${data.account}</code>, ` : ''}tier ${data.tier}</p>
    <${ConnectionNav} id=${id} tier=${data.tier} here=${here} />
    <${ProblemNote} problem=${problem} retry=${reload} />
    <${StatusNote} connection=${data} reload=${reload} />
    ${children(data, reload)}
  </${Page}>`;
};

/**
 * What keeps a connection from being scanned, since when, and what to do; nothing if it is active.
 * @param {{ connection: ConnectionDetail, reload: () => void }} props
 */
export const StatusNote = ({ connection, reload }) => {
  const { id, status, suspendedAt, lapsesAt, expiresAt, disconnectedAt } = connection;
  const lapse = lapsesAt && html`<p>Nothing is scheduled meanwhile, and results stay readable. Unless the role is proven before, its reference is deleted <${Time} at=${lapsesAt} />, and this account needs a new connection.</p>`;
  switch (status) {
    case 'revoked':
      return html`<${Note} tone="bad" title="AWS denies our role">
        <p>Since ${suspendedAt ? html`<${Time} at=${suspendedAt} />` : 'the last try'}: the role was deleted, or its trust policy changed. If you meant to revoke it, there is nothing to do.</p>${lapse}
        <${VerifyAgain} id=${id} reload=${reload} /></${Note}>`;
    case 'quarantined':
      return html`<${Note} tone="bad" title="The role can be assumed without its External ID">
        <p>Since ${suspendedAt ? html`<${Time} at=${suspendedAt} />` : 'the last proof'}. Whoever can make us assume a role could reach this account, so we do not use it. Put the condition <code>sts:ExternalId</code> back into its trust policy, as <a href=${`#/connections/${id}/permission`}>Permission</a> shows it.</p>${lapse}
        <${VerifyAgain} id=${id} reload=${reload} /></${Note}>`;
    case 'pending':
      return html`<${Note} tone="warn" title="This connection waits for its role">
        <p>${expiresAt && html`It is forgotten <${Time} at=${expiresAt} /> unless a role is proven. `}<a href=${`#/connections/${id}/connect`}>Go on connecting</a></p></${Note}>`;
    case 'disconnected':
      return html`<${Note} tone="info" title=${html`Disconnected${disconnectedAt && html` <${Time} at=${disconnectedAt} />`}`}>
        <p>${suspendedAt ? 'The role was not proven again within 30 days, so its reference was deleted. ' : 'The reference to the role is deleted. '}Nothing can be scanned any more. Results stay until they are <a href=${`#/connections/${id}/leave`}>deleted</a>. <a href="#/connect">Connect the account anew</a></p></${Note}>`;
    default:
      return null;
  }
};

/**
 * Proves the role again.
 * @param {{ id: string, reload: () => void }} props
 */
export const VerifyAgain = ({ id, reload }) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const verify = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.post(`/connections/${id}/verify`);
    } catch (e) {
      setProblem(/** @type {Problem} */ (e));
    }
    setBusy(false);
    reload();
  };
  return html`<${ProblemNote} problem=${problem} />
    <button type="button" disabled=${busy} onClick=${verify}>${busy ? 'Proving…' : 'Prove the role again'}</button>`;
};

/**
 * Starts a scan and goes to it; to the one that runs, if one does.
 * @param {{ connection: { id: string, status: string, runningScan?: string } }} props
 */
export const ScanNow = ({ connection: { id, status, runningScan } }) => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  if (runningScan) {
    return html`<a class="button primary" href=${`#/connections/${id}/scans/${runningScan}`}>Watch the scan</a>`;
  }
  if (status === 'pending' || status === 'disconnected') {
    return null;
  }
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { scanId } = await api.post(`/connections/${id}/scans`, undefined, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
      go(`/connections/${id}/scans/${scanId}`);
    } catch (e) {
      const refused = /** @type {Problem} */ (e);
      if (refused.code === 'scan_running' && refused.members.scanId) {
        go(`/connections/${id}/scans/${refused.members.scanId}`);
      } else {
        setProblem(refused);
        setBusy(false);
      }
    }
  };
  return html`<button type="button" class="primary" disabled=${busy} onClick=${start}>${busy ? 'Starting…' : 'Scan now'}</button>
    <${ProblemNote} problem=${problem} />`;
};

const SCHEDULES = ['off', 'hourly', '6-hourly', 'daily', 'weekly'];

/**
 * How often the account is scanned without being asked.
 * @param {{ connection: ConnectionDetail, reload: () => void }} props
 */
export const ScheduleSelect = ({ connection: { id, status, schedule, nextScanAt }, reload }) => {
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [said, setSaid] = useState('');
  if (status === 'pending' || status === 'disconnected') {
    return null;
  }
  const choose = async (/** @type {any} */ event) => {
    setProblem(null);
    const chosen = event.target.value;
    try {
      await api.put(`/connections/${id}/schedule`, { schedule: chosen });
      setSaid(chosen === 'off' ? 'Scans are no longer scheduled.' : `Scanned ${words(chosen)} from now on.`);
    } catch (e) {
      setProblem(/** @type {Problem} */ (e));
    }
    reload();
  };
  return html`<div class="schedule">
    <label>Scheduled scans <select value=${schedule} onChange=${choose}>${SCHEDULES.map(each => html`<option key=${each} value=${each} selected=${each === schedule}>${each}</option>`)}</select></label>
    <p class="hint" role="status">${nextScanAt ? html`Next <${Time} at=${nextScanAt} />` : said}</p>
    <${ProblemNote} problem=${problem} /></div>`;
};
