// Our calls held against CloudTrail, with files that stay in the browser or looked up by us: in one sentence, and where they differ, what that means.
import { api, useAct } from '../api.js';
import { Name, counted, dateTime, number, words } from '../format.js';
import { FileDrop, LongTable, save } from '../lists.js';
import { NoTrail, reconcile } from '../reconcile/reconcile.js';
import { TooLarge } from '../reconcile/trail-file.js';
import { Badge, Copyable, Facts, Loading, Needs, Note, ProblemNote } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Findings']} Findings */
/** @typedef {Schemas['Ledgers']} Ledgers */
/** @typedef {import('../ui.js').Tone} Tone */

/** @param {{ connection: Schemas['ConnectionDetail'], ledgers: Ledgers }} props */
export const AgainstCloudTrail = ({ connection, ledgers }) => {
  const [findings, setFindings] = useState(/** @type {{ of: Findings, from: string, unit: string } | null} */ (null));
  return html`
    <p>CloudTrail records what is called in your account, and we cannot change it. Each call of ours must have its event there, and each event of our sessions a call here.</p>
    <div class="columns">
      <${Files} ledgers=${ledgers} onFindings=${(/** @type {Findings} */ of) => setFindings({ of, from: 'your files, in this browser', unit: 'file' })} onBegin=${() => setFindings(null)} />
      <${Lookup} connection=${connection} ledgers=${ledgers} onFindings=${(/** @type {Findings} */ of) => setFindings({ of, from: 'CloudTrail’s event history, asked by us', unit: 'region' })} onBegin=${() => setFindings(null)} />
    </div>
    ${findings && html`<${FindingsView} ...${findings} />`}`;
};

const COMMAND = `for region in $(aws ec2 describe-regions --query 'Regions[].RegionName' --output text); do
  aws cloudtrail lookup-events --region $region --start-time START > events-$region.json
done`;

/** @typedef {{ busy: boolean, said: string, refused: { title: string, lines: string[] } | null }} State */

/** @param {{ ledgers: Ledgers, onFindings: (findings: Findings) => void, onBegin: () => void }} props */
const Files = ({ ledgers, onFindings, onBegin }) => {
  const [files, setFiles] = useState(/** @type {File[]} */ ([]));
  const [fetched, setFetched] = useState('');
  const [state, setState] = useState(/** @type {State} */ ({ busy: false, said: '', refused: null }));
  const run = useRef(0);
  const take = (/** @type {File[]} */ chosen) => {
    setFiles(chosen);
    // What the files were written at is when they were fetched, as a rule; later than now it cannot be.
    setFetched(chosen.length === 0 ? '' : local(Math.min(Date.now(), Math.max(...chosen.map(({ lastModified }) => lastModified)))));
    setState({ busy: false, said: '', refused: null });
  };
  const compare = async () => {
    const mine = ++run.current;
    onBegin();
    setState({ busy: true, said: 'Reading…', refused: null });
    try {
      const sources = files.map(file => ({ name: file.webkitRelativePath || file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) }));
      const findings = await reconcile(ledgers, sources, new Date(fetched).toISOString(), (done, of) => mine === run.current && setState({ busy: true, said: `Reading… ${Math.round((100 * done) / of)} %`, refused: null }));
      if (mine === run.current) {
        setState({ busy: false, said: '', refused: null });
        onFindings(findings);
      }
    } catch (e) {
      if (mine === run.current) {
        setState({ busy: false, said: '', refused: refusal(e) });
      }
    }
  };
  const begun = ledgers.sessions.map(({ begunAt }) => begunAt).sort()[0];
  return html`<section class="panel"><h2>With your own files</h2>
    <p>They <strong>stay in this browser</strong>: nothing of them is sent anywhere. JSON, also compressed as <code>.gz</code>: CloudTrail’s files from S3, or what <code>aws cloudtrail lookup-events</code> prints.</p>
    <${FileDrop} label="Files, dropped here or chosen" multiple accept=".json,.gz,application/json,application/gzip" onFiles=${take} />
    <label>Fetched at <span class="hint">calls of the two hours before may not be there yet</span>
      <input type="datetime-local" value=${fetched} onInput=${(/** @type {any} */ e) => setFetched(e.target.value)} /></label>
    <button type="button" class="primary" disabled=${state.busy || files.length === 0 || fetched === ''} onClick=${compare}>${state.busy ? 'Comparing…' : 'Compare'}</button>
    <p class="hint" role="status">${state.said}</p>
    ${state.refused && html`<${Note} tone="bad" title=${state.refused.title}><ul>${state.refused.lines.map(line => html`<li><${Name} of=${line} /></li>`)}</ul></${Note}>`}
    <details><summary>How to get the files</summary><p>In a shell with access to your account; the event history has 90 days:</p>
      <${Copyable} label="Get the events" text=${COMMAND.replace('START', begun ? new Date(Date.parse(begun) - 300_000).toISOString().slice(0, 19) + 'Z' : '2026-01-01')} /></details></section>`;
};

const LINES = 20;

/** @param {unknown} e @returns {State['refused']} */
const refusal = e => {
  if (e instanceof NoTrail) {
    const lines = e.skipped.slice(0, LINES).map(({ file, why }) => `${file}: ${why}`);
    return { title: e.message, lines: e.skipped.length > LINES ? [...lines, `and ${e.skipped.length - LINES} more`] : lines };
  }
  return { title: 'The files could not be compared', lines: [e instanceof TooLarge ? e.message : String(/** @type {Error} */ (e).message)] };
};

/** A time as `datetime-local` has it, up to the minute after it. @param {number} at */
const local = at => {
  const date = new Date(Math.ceil(at / 60_000) * 60_000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** @param {{ connection: Schemas['ConnectionDetail'], ledgers: Ledgers, onFindings: (findings: Findings) => void, onBegin: () => void }} props */
const Lookup = ({ connection: { id, tier, status }, ledgers, onFindings, onBegin }) => {
  const scans = ledgers.sessions.filter(({ kind }) => kind === 'scan');
  const [scan, setScan] = useState('');
  const { busy, problem, run } = useAct(() => {
    onBegin();
    return api.post(`/connections/${id}/calls/lookup${scan && `?scan=${scan}`}`).then(onFindings);
  });
  if (tier !== 'audit') {
    return html`<section class="panel"><h2>Asked by us</h2><p>The role of the minimal tier does not let us read CloudTrail. That of the audit tier does; your own files show the same.</p></section>`;
  }
  return html`<section class="panel"><h2>Asked by us</h2>
    <p>We ask CloudTrail’s event history for one scan, with the role itself. Quicker, but then it is we who say what is there: only your own files show it independently of us.</p>
    ${scans.length === 0 ? html`<p class="empty">There is no scan to ask for.</p>` : status !== 'active' ? html`<p class="empty">The connection is ${status}: we cannot ask.</p>` : html`<${Needs} scope="write">
      <label>Scan <select value=${scan} onChange=${(/** @type {any} */ e) => setScan(e.target.value)}>
        <option value="">the newest that has ended</option>
        ${scans.map(({ session, begunAt }) => html`<option key=${session} value=${session}>${dateTime(begunAt)}</option>`)}</select></label>
      <button type="button" disabled=${busy} onClick=${run}>${busy ? 'Asking…' : 'Ask CloudTrail for us'}</button>
      ${busy && html`<${Loading} text="This takes up to half a minute." />`}</${Needs}>`}
    <${ProblemNote} problem=${problem} retry=${run} /></section>`;
};

/** @type {Record<Findings['verdict'], { tone: Tone, title: string, what: string }>} */
const VERDICTS = {
  agrees: { tone: 'good', title: 'CloudTrail and we agree', what: 'Each call has its event, no event lacks a call, every session was limited as published, and no access key was used after 15 minutes.' },
  differs: { tone: 'bad', title: 'CloudTrail and we differ', what: 'The tables below say where, and what each difference means.' },
  too_early: { tone: 'warn', title: 'Too early to say', what: 'Nothing differs, but not everything can be there yet: CloudTrail has two hours to deliver. Fetch the events again later.' },
  inconclusive: { tone: 'warn', title: 'Inconclusive', what: 'Nothing differs in what was read, but not everything was.' },
};

/** @param {{ of: Findings, from: string, unit: string }} props from: where the events are from; unit: what they were read in */
const FindingsView = ({ of, from, unit }) => {
  const verdict = VERDICTS[of.verdict];
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  // It stands below what was asked.
  useEffect(() => heading.current?.focus(), [of]);
  return html`<section class="findings"><h2 ref=${heading} tabindex="-1">What they say</h2>
    <${Note} tone=${verdict.tone} title=${verdict.title}><p>${verdict.what}</p></${Note}>
    <${Facts} of=${[
      ['Compared with', from],
      ['Calls with their event', `${number(of.matched.calls)}, ${number(of.matched.byRequestId)} by the same request id`],
      ['Events read', `${number(of.files.events)} in ${counted(of.files.files, unit)}`],
      ['Events of the account', of.files.from && of.files.to ? `${dateTime(of.files.from)} to ${dateTime(of.files.to)}` : 'none'],
      ['Sessions compared', number(of.sessions)],
    ]} />
    <${Ours} of=${of.oursWithoutTheirs} />
    <${Theirs} of=${of.theirsWithoutOurs} />
    <${Policies} of=${of.assumptions} />
    <${Keys} of=${of.keyUse} />
    <${NotRead} of=${of} />
    <${Remarks} of=${of} />
    <button type="button" onClick=${() => save(JSON.stringify(of, null, 2), `reconcile-${of.connection}.json`)}>Keep this as JSON <span aria-hidden="true">↓</span></button></section>`;
};

/** A time to the second, in UTC, as CloudTrail has it. @param {{ of: string }} props */
const At = ({ of }) => html`<time datetime=${of}>${of.slice(0, 19).replace('T', ' ')}</time>`;

/** @typedef {[count: number, tone: Tone, word: string, meaning: string]} Sum */

/** Counts that are not 0, each with what it means. @param {{ of: Sum[] }} props */
const Sums = ({ of }) => html`<ul class="sums">${of.filter(([count]) => count > 0).map(([count, tone, word, meaning]) =>
  html`<li key=${word}><strong>${number(count)}</strong> <${Badge} tone=${tone}>${word}</${Badge}> <span>${meaning}</span></li>`)}</ul>`;

/**
 * A list, if there is anything in it.
 * @template R
 * @param {{ caption: string, rows: R[], columns: import('../ui.js').Column<R>[] }} props
 */
const Rows = props => props.rows.length > 0 && html`<${LongTable} ...${props} first=${10} />`;

/** @type {Record<string, Tone>} */
const TONES = { missing: 'bad', unknown_call: 'bad', unknown_session: 'bad', other: 'bad', none: 'bad' };

/** @param {{ why: string }} props */
const Why = ({ why }) => html`<${Badge} tone=${TONES[why] ?? 'none'}>${words(why)}</${Badge}>`;

/** @param {{ of: Findings['oursWithoutTheirs'] }} props */
const Ours = ({ of }) => (of.missing + of.tooEarlyToSay + of.notRecorded + of.noAnswer + of.notRead > 0) && html`<h3>Calls without an event</h3>
  <${Sums} of=${[
    [of.missing, 'bad', 'missing', 'CloudTrail should have them. Were all regions and hours fetched?'],
    [of.tooEarlyToSay, 'none', 'too early to say', 'younger than two hours: CloudTrail may yet deliver them.'],
    [of.notRecorded, 'none', 'not recorded', 'refused AssumeRole, as each proof tries: it is in our own account’s trail, never in yours.'],
    [of.noAnswer, 'none', 'no answer', 'they may never have reached AWS.'],
    [of.notRead, 'warn', 'not read', 'the events of their region were not read to their end.'],
  ]} />
  <${OursListed} of=${of} />`;

/** Those that are missing stand open; the others have their reasons. @param {{ of: Findings['oursWithoutTheirs'] }} props */
const OursListed = ({ of }) => {
  const missing = of.calls.filter(({ why }) => why === 'missing');
  const others = of.calls.filter(({ why }) => why !== 'missing');
  return html`<${Rows} caption="Calls that are missing in CloudTrail" rows=${missing} columns=${OURS} />
    ${others.length > 0 && html`<details><summary>The ${missing.length > 0 ? 'others' : 'calls'}</summary><${Rows} caption="Calls that need not be in CloudTrail, or not yet" rows=${others} columns=${OURS} /></details>`}`;
};

/** @type {import('../ui.js').Column<Findings['oursWithoutTheirs']['calls'][number]>[]} */
const OURS = [
  { head: 'Why', cell: c => html`<${Why} why=${c.why} />` },
  { head: 'Time (UTC)', cell: c => html`<${At} of=${c.call.at} />` },
  { head: 'Region', cell: c => html`<code>${c.call.region}</code>` },
  { head: 'Call', cell: c => html`<code>${c.call.service}:${c.call.operation}</code> <span class="hint">${c.call.errorCode}</span>` },
  { head: 'Session', cell: c => html`<code class="small">${c.session}</code>` },
];

/** @param {{ of: Findings['theirsWithoutOurs'] }} props */
const Theirs = ({ of }) => of.unknownCall + of.unknownSession > 0 && html`<h3>Events without a call</h3>
  <${Sums} of=${[
    [of.unknownCall, 'bad', 'unknown call', 'in a session of ours, which says it made no such call. Ask us why, and keep the files.'],
    [of.unknownSession, 'bad', 'unknown session', 'in a session that our account began and our list does not have. Ask us why, and keep the files.'],
  ]} />
  <${Rows} caption="Events in CloudTrail, not in our list" rows=${of.events} columns=${THEIRS} />`;

/** @type {import('../ui.js').Column<Findings['theirsWithoutOurs']['events'][number]>[]} */
const THEIRS = [
  { head: 'Why', cell: e => html`<${Why} why=${e.why} />` },
  { head: 'Time (UTC)', cell: e => html`<${At} of=${e.time} />` },
  { head: 'Region', cell: e => html`<${Name} of=${e.region} />` },
  { head: 'Event', cell: e => html`<${Name} of=${e.source} /> <strong><${Name} of=${e.name} /></strong> <span class="hint"><${Name} of=${e.errorCode} /></span>` },
  { head: 'Session', cell: e => html`<${Name} of=${e.session} />` },
];

/** @param {{ of: Findings['assumptions'] }} props */
const Policies = ({ of }) => html`<h3>Session policies, as CloudTrail shows them</h3>
  ${of.events === 0 ? html`<p class="empty">No AssumeRole event of ours is there.</p>` : html`<${Sums} of=${[
    [of.publishedPolicy, 'good', 'as published', 'AssumeRole passed the policy that we publish.'],
    [of.otherPolicy, 'bad', 'another policy', 'than the published one.'],
    [of.noPolicy, 'bad', 'no policy', 'nothing of ours limited the session.'],
    [of.policyNotShown, 'none', 'not shown', 'CloudTrail leaves out what is too large.'],
    [of.otherDuration, 'bad', 'another duration', 'than 15 minutes.'],
    [of.withoutExternalId, 'warn', 'let in without an External ID', 'a proof tries that; the role trusts anyone whom we serve.'],
  ]} />`}
  <${Rows} caption="AssumeRole events that are not as they should be" rows=${of.remarkable} columns=${ASSUMED} />`;

/** @type {import('../ui.js').Column<Findings['assumptions']['remarkable'][number]>[]} */
const ASSUMED = [
  { head: 'Policy', cell: a => html`<${Why} why=${a.policyIs} />` },
  { head: 'Time (UTC)', cell: a => html`<${At} of=${a.time} />` },
  { head: 'Lasts', cell: a => (a.durationSeconds ? `${number(a.durationSeconds)} s` : 'not said') },
  { head: 'External ID', cell: a => (a.externalId ? 'sent' : 'not sent') },
  { head: 'As passed', cell: a => (a.policy ? html`<code class="small"><${Name} of=${a.policy} /></code>` : '–') },
];

/** @param {{ of: Findings['keyUse'] }} props */
const Keys = ({ of }) => html`<h3>Access keys, by their age when used</h3>
  ${of.inTime + of.late + of.notShown === 0 ? html`<p class="empty">No call of ours is there.</p>` : html`<${Sums} of=${[
    [of.inTime, 'good', 'in time', 'used within 15 minutes of their issue.'],
    [of.late, 'bad', 'late', 'used after that: a session outlived its 15 minutes.'],
    [of.notShown, 'none', 'not shown', 'CloudTrail does not say when the key was issued.'],
  ]} />`}
  <${Rows} caption="Calls with a key older than 15 minutes" rows=${of.calls} columns=${LATE} />`;

/** @type {import('../ui.js').Column<Findings['keyUse']['calls'][number]>[]} */
const LATE = [
  { head: 'Time (UTC)', cell: c => html`<${At} of=${c.time} />` },
  { head: 'Key issued', cell: c => html`<${At} of=${c.issuedAt} />` },
  { head: 'Region', cell: c => html`<${Name} of=${c.region} />` },
  { head: 'Event', cell: c => html`<${Name} of=${c.source} /> <strong><${Name} of=${c.name} /></strong>` },
  { head: 'Session', cell: c => html`<${Name} of=${c.session} />` },
];

/** @param {{ of: Findings }} props */
const NotRead = ({ of: { regionsNotRead, filesSkipped, files } }) => html`
  <${Rows} caption=${`Not read: ${counted(regionsNotRead.length, 'region')}`} rows=${regionsNotRead} columns=${REGIONS} />
  <${Rows} caption=${`Not used: ${counted(files.skipped, 'file')}`} rows=${filesSkipped} columns=${SKIPPED} />`;

/** @type {import('../ui.js').Column<Findings['regionsNotRead'][number]>[]} */
const REGIONS = [
  { head: 'Region', cell: r => html`<code>${r.region}</code>` },
  { head: 'Why', cell: r => html`${words(r.reason)} <span class="hint">${r.code}</span>` },
];

/** @type {import('../ui.js').Column<Findings['filesSkipped'][number]>[]} */
const SKIPPED = [
  { head: 'File', cell: f => html`<${Name} of=${f.file} />` },
  { head: 'Kind', cell: f => html`<${Badge} tone=${f.kind === 'damaged' || f.kind === 'unreadable' ? 'warn' : 'none'}>${words(f.kind)}</${Badge}>` },
  { head: 'Why', cell: f => f.why },
];

/** @param {{ of: Findings }} props */
const Remarks = ({ of }) => {
  const remarks = [
    of.regionsWithoutEvents.length > 0 && `There is no event at all from ${of.regionsWithoutEvents.join(', ')}, where calls were made: were they fetched?`,
    !of.ledgerComplete && 'Our list is longer than what was compared: calls of its last page count as unknown.',
    of.notYetInLedger > 0 && `${counted(of.notYetInLedger, 'event')} of sessions younger than our list (${dateTime(of.ledgerAsOf)}): reload this page.`,
    of.noLongerKept > 0 && `${counted(of.noLongerKept, 'event')} of sessions older than what our list keeps.`,
    of.files.unreadable > 0 && `${counted(of.files.unreadable, 'record')} could not be read as an event.`,
    of.files.duplicates > 0 && `${counted(of.files.duplicates, 'event')} stood there more than once, and count once.`,
    of.files.digests + of.files.insights > 0 && `${counted(of.files.digests, 'digest file')} and ${counted(of.files.insights, 'Insights event')} passed over.`,
    !of.exact && 'There are more unknown events than can be told apart: some may count twice.',
  ].filter(Boolean);
  return remarks.length > 0 && html`<h3>Besides</h3><ul>${remarks.map(remark => html`<li>${remark}</li>`)}</ul>`;
};
