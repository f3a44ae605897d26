// What our calls and CloudTrail's events say of each other: in one sentence, and where they differ, what that means.
import { save } from '../download.js';
import { counted, dateTime, number, words } from '../format.js';
import { LongTable } from '../lists.js';
import { Name } from '../text.js';
import { Badge, Facts, Note } from '../ui.js';
import { html, useEffect, useRef } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas['Findings']} Findings */
/** @typedef {import('../ui.js').Tone} Tone */

/** @type {Record<Findings['verdict'], { tone: Tone, title: string, what: string }>} */
const VERDICTS = {
  agrees: { tone: 'good', title: 'CloudTrail and we agree', what: 'Each call has its event, no event lacks a call, every session was limited as published, and no access key was used after 15 minutes.' },
  differs: { tone: 'bad', title: 'CloudTrail and we differ', what: 'The tables below say where, and what each difference means.' },
  too_early: { tone: 'warn', title: 'Too early to say', what: 'Nothing differs, but not everything can be there yet: CloudTrail has two hours to deliver. Fetch the events again later.' },
  inconclusive: { tone: 'warn', title: 'Inconclusive', what: 'Nothing differs in what was read, but not everything was.' },
};

/** @param {{ of: Findings, from: string, unit: string }} props from: where the events are from; unit: what they were read in */
export const FindingsView = ({ of, from, unit }) => {
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
