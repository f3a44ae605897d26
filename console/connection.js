// What all pages of a connection share: whose it is, how it is, its other pages, its proof, and scanning it.
import { api, proven, useAct, useApi } from './api.js';
import { Name, Time, counted, number, words } from './format.js';
import { go } from './router.js';
import { Status } from './screens/connections.js';
import { may } from './session.js';
import { Answered, ConnectionNav, Copyable, Needs, Note, Page, ProblemNote, Table } from './ui.js';
import { html, useState } from './vendor/preact.js';

/** @typedef {import('./api.js').Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {import('./api.js').Problem} Problem */
/** @typedef {import('./api.js').Schemas['Proof']['probes'][number]} Probe */
/** @typedef {import('./vendor/preact.js').ComponentChildren} Children */

/** How often a connection that is being scanned is asked after, in milliseconds. */
const WHILE_SCANNED = 5_000;

/**
 * A page of a connection.
 * @param {{ id: string, here: string, title: string, actions?: (connection: ConnectionDetail, reload: () => void) => Children, children: (connection: ConnectionDetail, reload: () => void) => Children }} props
 *   `here`: the page's part of the address; `children`: what it shows
 */
export const ConnectionPage = ({ id, here, title, actions, children }) => {
  const answer = useApi(`/connections/${id}`, (/** @type {ConnectionDetail} */ c) => (c.runningScan ? WHILE_SCANNED : null));
  const { data, problem, reload } = answer;
  const back = { href: '#/', text: 'All connections' };
  if (data === null) {
    return html`<${Page} title=${title} back=${back}><${Answered} of=${answer} /></${Page}>`;
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
const StatusNote = ({ connection, reload }) => {
  const { id, status, suspendedAt, lapsesAt, expiresAt, disconnectedAt } = connection;
  const lapse = lapsesAt && html`<p>Nothing is scheduled meanwhile, and results stay readable. Unless the role is proven before, its reference is deleted <${Time} at=${lapsesAt} />, and this account needs a new connection.</p>`;
  switch (status) {
    case 'revoked':
      return html`<${Note} tone="bad" title="AWS denies our role">
        <p>${suspendedAt && html`Noticed <${Time} at=${suspendedAt} />. `}The role was deleted, or its trust policy changed. If you meant to revoke it, there is nothing to do.</p>${lapse}
        <${VerifyAgain} id=${id} reload=${reload} /></${Note}>`;
    case 'quarantined':
      return html`<${Note} tone="bad" title="The role can be assumed without its External ID">
        <p>${suspendedAt && html`Noticed <${Time} at=${suspendedAt} />. `}Whoever can make us assume a role could reach this account, so we do not use it. Put the condition <code>sts:ExternalId</code> back into its trust policy, as <a href=${`#/connections/${id}/permission`}>Permission</a> shows it.</p>${lapse}
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
  const { busy, problem, run } = useAct(() => proven(id, api.post(`/connections/${id}/verify`)).finally(reload));
  return html`<${ProblemNote} problem=${problem} />
    <${Needs} scope="write"><button type="button" disabled=${busy} onClick=${run}>${busy ? 'Proving…' : 'Prove the role again'}</button></${Needs}>`;
};

/**
 * Starts a scan and goes to it; to the one that runs, if one does.
 * @param {{ connection: { id: string, status: string, runningScan?: string } }} props
 */
export const ScanNow = ({ connection: { id, status, runningScan } }) => {
  const { busy, problem, run } = useAct(async () => {
    try {
      const { scanId } = await api.post(`/connections/${id}/scans`, undefined, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
      go(`/connections/${id}/scans/${scanId}`);
    } catch (e) {
      const refused = /** @type {Problem} */ (e);
      if (refused.code !== 'scan_running' || !refused.members.scanId) {
        throw e;
      }
      go(`/connections/${id}/scans/${refused.members.scanId}`);
    }
  });
  if (runningScan) {
    return html`<a class="button primary" href=${`#/connections/${id}/scans/${runningScan}`}>Watch the scan</a>`;
  }
  if (status === 'pending' || status === 'disconnected' || !may('write')) {
    return null;
  }
  return html`<button type="button" class="primary" disabled=${busy} onClick=${run}>${busy ? 'Starting…' : 'Scan now'}</button>
    <${ProblemNote} problem=${problem} />`;
};

/**
 * The policies that sessions are cut down by.
 * @param {{ of: { sessionPolicy: object, verifySessionPolicy?: object } }} props
 */
export const SessionPolicies = ({ of }) => html`<details><summary>The session policy</summary>
  <${Copyable} label="Session policy" text=${JSON.stringify(of.sessionPolicy, null, 2)} />
  ${of.verifySessionPolicy && html`<p>Where the account and the role itself are checked, this one instead; <code>ROLE_ARN</code> stands for the role.</p>
    <${Copyable} label="Session policy of checks" text=${JSON.stringify(of.verifySessionPolicy, null, 2)} />`}</details>`;

/** @typedef {import('./api.js').Schemas['TrustTier']['operations'][number]} Operation */

/** @param {{ of: Operation[] }} props */
export const Operations = ({ of }) => html`<details><summary>Each call, and why it is made</summary>
  <${Table} caption=${counted(of.length, 'operation')} rows=${of} columns=${OPERATIONS} /></details>`;

/** @type {import('./ui.js').Column<Operation>[]} */
const OPERATIONS = [
  { head: 'Call', cell: o => html`<code>${o.service}:${o.operation}</code>` },
  { head: 'Permission', cell: o => html`<code>${o.iamAction}</code>` },
  { head: 'Why', cell: o => o.why },
];

const SCHEDULES = ['off', 'hourly', '6-hourly', 'daily', 'weekly'];

/**
 * How often the account is scanned without being asked.
 * @param {{ connection: ConnectionDetail, reload: () => void }} props
 */
export const ScheduleSelect = ({ connection: { id, status, schedule, nextScanAt }, reload }) => {
  const [said, setSaid] = useState('');
  const { problem, run } = useAct(async (/** @type {any} */ event) => {
    const chosen = event.target.value;
    await api.put(`/connections/${id}/schedule`, { schedule: chosen }).finally(reload);
    setSaid(chosen === 'off' ? 'Scans are no longer scheduled.' : `Scanned ${words(chosen)} from now on.`);
  });
  if (status === 'pending' || status === 'disconnected') {
    return null;
  }
  if (!may('write')) {
    return html`<p>Scheduled scans: ${schedule}${nextScanAt && html`, the next <${Time} at=${nextScanAt} />`}.</p>`;
  }
  return html`<div class="schedule">
    <label>Scheduled scans <select value=${schedule} onChange=${run}>${SCHEDULES.map(each => html`<option key=${each} value=${each} selected=${each === schedule}>${each}</option>`)}</select></label>
    <p class="hint" role="status">${nextScanAt ? html`Next <${Time} at=${nextScanAt} />` : said}</p>
    <${ProblemNote} problem=${problem} /></div>`;
};

/** What is asked, in the order of the calls: whose account it is, with the first session; the attempts that must fail come after. */
/** @type {{ attempt: Probe['attempt'] | 'account', title: string, allowed: boolean }[]} */
const CHECKS = [
  { attempt: 'with_external_id', title: 'With our External ID', allowed: true },
  { attempt: 'account', title: 'Whose account it is', allowed: true },
  { attempt: 'without_external_id', title: 'Without an External ID', allowed: false },
  { attempt: 'with_another_external_id', title: 'With another External ID', allowed: false },
];

/** When each check of a proof was asked, in milliseconds after the first. @typedef {Partial<Record<Probe['attempt'] | 'account', number>>} Times */

/**
 * When the checks of the newest proof were made: the API answers them all at once, and its list of calls says when each was.
 * @param {string} id of the connection
 * @param {boolean} made whether there is such a proof by now
 * @returns {Times}
 */
export const useTimes = (id, made) => {
  const { data } = useApi(made ? `/connections/${id}/calls` : null);
  const session = /** @type {import('./api.js').Schemas['Ledgers'] | null} */ (data)?.sessions.find(({ kind }) => kind === 'verification');
  const calls = session?.calls.filter(({ retry }) => !retry) ?? [];
  const identity = calls.findIndex(({ operation }) => operation === 'GetCallerIdentity');
  // A role that is new is tried more than once: of the attempts before its first session the last one counts.
  const opened = (identity < 0 ? calls : calls.slice(0, identity)).filter(({ operation }) => operation === 'AssumeRole').slice(-1);
  const asked = identity < 0 ? opened : [...opened, ...calls.slice(identity).filter(({ operation }, i) => i === 0 || operation === 'AssumeRole')];
  return Object.fromEntries(asked.map(({ at }, i) => [CHECKS[i]?.attempt, Date.parse(at) - Date.parse(asked[0].at)]));
};

/**
 * The lines of a proof, as far as they are known.
 * @param {{ probes: Probe[], account?: string, times?: Times, busy?: boolean, denied?: string }} props
 *   `denied`: AWS's code, where it did not even let us in with the External ID
 */
export const ProofLines = ({ probes, account, times = {}, busy = false, denied }) => html`<ol class="proof">
  ${CHECKS.map(({ attempt, title, allowed }) => {
    const at = times[attempt];
    const probe = probes.find(each => each.attempt === attempt);
    if (attempt === 'account') {
      return html`<${Line} key=${attempt} title=${title} at=${at} good=${account === undefined ? null : true} said=${account ?? 'the one that the role’s ARN names'} />`;
    }
    if (probe !== undefined) {
      return html`<${Line} key=${attempt} title=${title} at=${at} good=${probe.allowed === allowed} said=${said(probe, allowed)} />`;
    }
    if (attempt === 'with_external_id' && denied !== undefined) {
      return html`<${Line} key=${attempt} title=${title} at=${at} good=${false} said=${`denied (${denied})`} />`;
    }
    return html`<${Line} key=${attempt} title=${title} good=${null} said=${`must be ${allowed ? 'allowed' : 'denied'}${busy ? ': being tried…' : ''}`} />`;
  })}
</ol>`;

/** @param {Probe} probe @param {boolean} expected */
const said = ({ allowed, errorCode }, expected) => {
  const what = allowed ? 'allowed' : `denied (${errorCode})`;
  return allowed === expected ? `${what}, as it must be` : `${what}, and must not be`;
};

/** @param {{ title: string, at?: number, good: boolean | null, said: string }} props */
const Line = ({ title, at, good, said }) => html`<li class=${good === null ? 'open' : good ? 'good' : 'bad'}>
  <span class="sign" aria-hidden="true">${good === null ? '·' : good ? '✓' : '✕'}</span>
  <span><strong>${title}</strong>: ${said}${at !== undefined && html` <span class="hint">${at === 0 ? 'asked first' : `asked ${number(at)} ms after the first`}</span>`}</span></li>`;
