// Our calls held against CloudTrail: with files that stay in the browser, or looked up by us.
import { api } from '../api.js';
import { dateTime } from '../format.js';
import { NoTrail, reconcile } from '../reconcile/reconcile.js';
import { TooLarge } from '../reconcile/trail-file.js';
import { FileDrop } from '../lists.js';
import { Name } from '../text.js';
import { Copyable, Loading, Note, ProblemNote } from '../ui.js';
import { html, useRef, useState } from '../vendor/preact.js';
import { FindingsView } from './findings.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {import('../api.js').Problem} Problem */
/** @typedef {Schemas['Findings']} Findings */
/** @typedef {Schemas['Ledgers']} Ledgers */

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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const ask = () => {
    setBusy(true);
    setProblem(null);
    onBegin();
    api.post(`/connections/${id}/calls/lookup${scan && `?scan=${scan}`}`).then(onFindings, setProblem).then(() => setBusy(false));
  };
  if (tier !== 'audit') {
    return html`<section class="panel"><h2>Asked by us</h2><p>The role of the minimal tier does not let us read CloudTrail. That of the audit tier does; your own files show the same.</p></section>`;
  }
  return html`<section class="panel"><h2>Asked by us</h2>
    <p>We ask CloudTrail’s event history for one scan, with the role itself. Quicker, but then it is we who say what is there: only your own files show it independently of us.</p>
    ${scans.length === 0 ? html`<p class="empty">There is no scan to ask for.</p>` : status !== 'active' ? html`<p class="empty">The connection is ${status}: we cannot ask.</p>` : html`
      <label>Scan <select value=${scan} onChange=${(/** @type {any} */ e) => setScan(e.target.value)}>
        <option value="">the newest that has ended</option>
        ${scans.map(({ session, begunAt }) => html`<option key=${session} value=${session}>${dateTime(begunAt)}</option>`)}</select></label>
      <button type="button" disabled=${busy} onClick=${ask}>${busy ? 'Asking…' : 'Ask CloudTrail for us'}</button>
      ${busy && html`<${Loading} text="This takes up to half a minute." />`}`}
    <${ProblemNote} problem=${problem} retry=${ask} /></section>`;
};
