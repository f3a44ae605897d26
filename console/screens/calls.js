// Every call that we made in an account, and what CloudTrail says of them.
import { api, useAct } from '../api.js';
import { ConnectionPage, SessionPolicies } from '../connection.js';
import { Choice, Download, LongTable, Views, asked, save } from '../lists.js';
import { Time, counted, dateTime, number, words } from '../format.js';
import { joined } from '../reconcile/ledger.js';
import { filter } from '../router.js';
import { Answered, Badge, Note } from '../ui.js';
import { html, useEffect, useMemo, useState } from '../vendor/preact.js';
import { AgainstCloudTrail } from './calls-reconcile.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Ledgers']} Ledgers */
/** @typedef {Schemas['Ledger']} Ledger */
/** @typedef {Schemas['Call']} Call */
/** @typedef {Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {import('../ui.js').Tone} Tone */

const VIEWS = [['', 'Calls'], ['cloudtrail', 'Against CloudTrail']];

/** @param {{ id: string }} props */
export const Calls = ({ id }) => html`<${ConnectionPage} id=${id} here="/calls" title="Calls">${(/** @type {ConnectionDetail} */ connection) => html`<${ViewsOf} connection=${connection} />`}</${ConnectionPage}>`;

/** @param {{ connection: ConnectionDetail }} props */
const ViewsOf = ({ connection }) => {
  const { id } = connection;
  const view = asked('view');
  const answer = useLedgers(id);
  return html`
    <${Views} label="Views of the calls" page=${`/connections/${id}/calls`} of=${VIEWS} />
    <${Answered} of=${answer} text="Loading the calls…">${(/** @type {Ledgers} */ ledgers) => view === 'cloudtrail' ? html`<${AgainstCloudTrail} connection=${connection} ledgers=${ledgers} />`
      : ledgers.sessions.length === 0 ? html`<section class="welcome"><h2>We have called nothing yet</h2><p>Each call to AWS in this account will stand here, from the proof of the role on.</p></section>`
      : html`<${LedgerOf} id=${id} ledgers=${ledgers} />`}</${Answered}>`;
};

const MOST_PAGES = 20;

/**
 * All ledgers that are kept: a comparison with CloudTrail needs every call.
 * @param {string} id of the connection
 */
const useLedgers = id => {
  const [ledgers, setLedgers] = useState(/** @type {Ledgers | null} */ (null));
  const { problem, run } = useAct(async () => {
    /** @type {Ledgers[]} */
    const pages = [];
    do {
      const after = pages[pages.length - 1]?.next;
      pages.push(await api.get(`/connections/${id}/calls${after ? `?after=${encodeURIComponent(after)}` : ''}`));
    } while (pages[pages.length - 1].next && pages.length < MOST_PAGES);
    setLedgers(joined(pages));
  });
  useEffect(() => {
    run();
  }, [id]);
  return { data: ledgers, problem, reload: run };
};

/** @param {{ id: string, ledgers: Ledgers }} props */
const LedgerOf = ({ id, ledgers }) => {
  const session = ledgers.sessions.find(each => each.session === asked('session')) ?? ledgers.sessions[0];
  const service = asked('service');
  const region = asked('region');
  const result = asked('result');
  const calls = useMemo(
    () => session.calls.filter(call => (service === '' || call.service === service) && (region === '' || call.region === region) && (result === '' || resultOf(call) === result)),
    [session, service, region, result],
  );
  const values = (/** @type {(call: Call) => string} */ of) => [...new Set(session.calls.map(of))].sort().map(each => [each, each]);
  const conditions = service !== '' || region !== '' || result !== '';
  return html`
    <p>Every attempt to call AWS, with what AWS answered. Nothing of the answers themselves is kept. The five newest scans and verifications are here; CloudTrail names its events by the same sessions.</p>
    ${ledgers.unreadable && html`<${Note} tone="warn" title=${`${counted(ledgers.unreadable, 'ledger')} cannot be read`}><p>Their calls are not in here. They are damaged, or were stored by a later release.</p></${Note}>`}
    ${ledgers.next && html`<${Note} tone="info" title="There are more calls than are shown"><p><code>./cloudoperator reconcile</code> takes as many as there are.</p></${Note}>`}
    <form class="filters" aria-label="Which calls" onSubmit=${(/** @type {Event} */ e) => e.preventDefault()}>
      <label class="wide">Session <select value=${session.session} onChange=${(/** @type {any} */ e) => filter({ session: e.target.value, service: '', region: '', result: '' })}>
        ${ledgers.sessions.map(each => html`<option key=${each.session} value=${each.session} selected=${each === session}>${title(each)}</option>`)}</select></label>
      <${Choice} name="service" label="Service" of=${values(({ service }) => service)} />
      <${Choice} name="region" label="Region" of=${values(({ region }) => region)} />
      <${Choice} name="result" label="Result" of=${values(resultOf)} />
    </form>
    <div class="list-head"><h2 aria-live="polite">${conditions ? `${number(calls.length)} of ${counted(session.calls.length, 'call')}` : counted(session.calls.length, 'call')}</h2>
      ${conditions && html`<button type="button" class="plain" onClick=${() => filter({ service: '', region: '', result: '' })}>Clear all conditions</button>`}
      <div class="actions"><${Download} path=${`/connections/${id}/calls?format=csv&scan=${session.session}`} name=${`calls-${session.session}.csv`}>CSV</${Download}>
        <button type="button" onClick=${() => save(JSON.stringify(ledgers, null, 2), `ledger-${id}.json`)}>All as JSON <span aria-hidden="true">↓</span></button></div></div>
    <div class="long"><${LongTable} key=${`${session.session} ${service} ${region} ${result}`} caption=${html`Session <code>${session.session}</code>, begun <${Time} at=${session.begunAt} />`}
      rows=${calls} columns=${COLUMNS} empty="no call meets all conditions." /></div>
    <${Limits} of=${ledgers} session=${session} />`;
};

/** @param {Ledger} ledger */
const title = ({ kind, begunAt, calls }) => `${kind === 'scan' ? 'Scan' : 'Verification'} of ${dateTime(begunAt)}: ${counted(calls.length, 'call')}`;

/** @param {Call} call */
const resultOf = ({ status, throttled }) => (status === 0 ? 'no answer' : throttled ? 'throttled' : status < 400 ? 'answered' : 'refused');

/** @type {Record<string, Tone>} */
const RESULTS = { answered: 'good', refused: 'bad', throttled: 'warn', 'no answer': 'none' };

/** @type {import('../ui.js').Column<Call>[]} */
const COLUMNS = [
  { head: 'Time (UTC)', cell: c => html`<time datetime=${c.at}>${c.at.slice(11, 23).replace(/Z$/, '')}</time>` },
  { head: 'Region', cell: c => html`<code>${c.region}</code>` },
  { head: 'Call', cell: c => html`<code>${c.service}:${c.operation}</code>${c.retry && html` <span class="hint">again</span>`}` },
  { head: 'Result', cell: c => html`<${Badge} tone=${RESULTS[resultOf(c)]}>${resultOf(c)}</${Badge}> <span class="hint">${[c.status || '', c.errorCode].filter(Boolean).join(' ')}</span>` },
  { head: 'Request id', cell: c => (c.requestId ? html`<code class="small">${c.requestId}</code>` : '–') },
];

/** @param {{ of: Ledgers, session: Ledger }} props */
const Limits = ({ of, session }) => html`<section><h2>What limited these calls</h2>
  <p>${counted(session.calls.filter(({ operation }) => operation === 'AssumeRole').length, 'AssumeRole call')} opened this ${words(session.kind)}’s sessions, of 15 minutes each. With each we passed a session policy: AWS allows nothing outside it, whatever the role grants.</p>
  <${SessionPolicies} of=${of} />
  <p class="hint">Read at ${dateTime(of.asOf)}: of calls after that it knows nothing.</p></section>`;
