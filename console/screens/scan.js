// A scan: how far it is, and then what it found or why it did not.
import { api, useAct, useApi } from '../api.js';
import { Meter, Region, WorldMap } from '../charts.js';
import { ConnectionPage, ScanNow } from '../connection.js';
import { Time, counted, dateTime, duration, number, words } from '../format.js';
import { may } from '../session.js';
import { Answered, Bars, ConfirmDialog, Note } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { SnapshotView } from './result.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['Scan']} ScanDocument */
/** @typedef {Schemas['Progress']} Progress */
/** @typedef {import('../connection.js').ConnectionDetail} ConnectionDetail */

/** How often a scan under way is asked after, in milliseconds: what it answers is up to a second old. */
const OFTEN = 1_000;

/** @param {{ id: string, scan: string }} props */
export const Scan = ({ id, scan }) => html`<${ConnectionPage} id=${id} here="/scans" title="Scan"
  actions=${(/** @type {ConnectionDetail} */ connection) => connection.runningScan !== scan && html`<${ScanNow} connection=${connection} />`}>
  ${(/** @type {ConnectionDetail} */ connection, /** @type {() => void} */ reload) => html`<${ScanBody} key=${scan} connection=${connection} scan=${scan} reload=${reload} />`}
</${ConnectionPage}>`;

/** @param {{ connection: ConnectionDetail, scan: string, reload: () => void }} props */
const ScanBody = ({ connection, scan, reload: reloadConnection }) => {
  const answer = useApi(`/connections/${connection.id}/scans/${scan}`, (/** @type {ScanDocument} */ s) => (s.status === 'running' ? OFTEN : null));
  const [watched, setWatched] = useState(false);
  const status = answer.data?.status;
  useEffect(() => {
    if (status === 'running') {
      setWatched(true);
    } else if (watched) {
      reloadConnection();
      if (document.activeElement === document.body) {
        document.querySelector('h1')?.focus(); // What had the focus went with the progress.
      }
    }
  }, [status]);
  return html`<${Answered} of=${answer} text="Loading the scan…">${(/** @type {ScanDocument} */ data) =>
    status === 'running'
      ? html`<${Running} scan=${data} reload=${answer.reload} />`
      : html`<${Ended} scan=${data} connection=${connection} watched=${watched} />`}</${Answered}>`;
};

/** @param {{ scan: ScanDocument, reload: () => void }} props */
const Running = ({ scan, reload }) => {
  const now = useNow();
  const { progress, startedAt, deadline } = scan;
  const pace = usePace(progress);
  return html`<section class="panel" aria-labelledby="running">
    <div class="page-title"><h2 id="running">Scanning${progress ? `: ${progress.regionsDone} of ${counted(progress.regionsTotal, 'region')} done` : ''}</h2><${Cancel} scan=${scan} reload=${reload} /></div>
    <${Meter} done=${progress?.regionsDone ?? 0} total=${progress?.regionsTotal ?? 1} label="Regions done" />
    <dl class="figures">
      <div><dt>Elapsed</dt><dd class="figure">${elapsed(now - Date.parse(startedAt))}<small>${deadline && html`ends at the latest <${Time} at=${deadline} />`}</small></dd></div>
      <div><dt>Instances so far</dt><dd class="figure">${progress ? number(progress.instancesSoFar) : '–'}<small>${progress ? `in ${progress.regionsCounted} of ${counted(progress.regionsTotal, 'region')}` : 'not planned yet'}</small></dd></div>
      <div><dt>Calls to AWS</dt><dd class="figure">${progress ? number(progress.calls) : '–'}<small>${pace === null ? 'pace: not known yet' : `${number(Math.round(pace))} a second`}</small></dd></div>
    </dl>
    <p class="unseen" role="status">${spoken(progress)}</p>
  </section>
  ${progress
    ? html`<${RegionsSoFar} progress=${progress} />`
    : html`<p class="loading">First the role is proven if its last proof is a day old, then AWS is asked which regions are enabled.</p>`}`;
};

/** What a screen reader is told: not each region, but each quarter. @param {Progress | undefined} progress */
const spoken = progress => {
  if (!progress) {
    return 'The scan is being planned.';
  }
  const quarters = Math.floor((4 * progress.regionsDone) / Math.max(1, progress.regionsTotal));
  return `${['Less than a quarter', 'A quarter', 'Half', 'Three quarters', 'All'][quarters]} of ${counted(progress.regionsTotal, 'region')} done.`;
};

/** @param {{ progress: Progress }} props */
const RegionsSoFar = ({ progress: { regions, regionsDone, regionsTotal, regionsCounted } }) => {
  const waiting = regions.filter(({ status }) => status === undefined);
  const ended = regions.filter(({ status, instances }) => status !== undefined && instances !== 0)
    .sort((a, b) => (b.instances ?? -1) - (a.instances ?? -1));
  const none = regions.filter(({ instances }) => instances === 0);
  return html`<section class="panel where" aria-label="Regions so far">
    <div>
      <${WorldMap} what="instances" label=${`Map: ${regionsDone} of ${counted(regionsTotal, 'region')} done. The lists have the same numbers.`} spots=${regions.map(spot)} />
      ${waiting.length > 0
        ? html`<h3>${counted(waiting.length, 'region')} to come</h3><p class="names">${waiting.map(({ region }) => html`<${Region} key=${region} of=${region} />`)}</p>`
        : html`<p class="hint">All regions are done. What was read is being put together.</p>`}
    </div>
    <div>
      <${Bars} caption=${`Instances, in ${regionsCounted} of ${counted(regionsTotal, 'region')}`} head="Region" of=${ended.map(({ region, status, instances }) =>
        ({ label: html`<${Region} of=${region} />${instances === undefined && html` <span class="hint">${words(status ?? '')}</span>`}`, value: instances ?? null }))} />
      ${none.length > 0 && html`<h3>${counted(none.length, 'region')} read, with no instance</h3><p class="names">${none.map(({ region }) => html`<${Region} key=${region} of=${region} />`)}</p>`}
    </div>
  </section>`;
};

/** @param {Progress['regions'][number]} region @returns {import('../charts.js').Spot} */
const spot = ({ region, status, instances }) => {
  if (status === undefined) {
    return { region, state: 'waiting', count: 0, title: 'not yet' };
  }
  return instances === undefined
    ? { region, state: 'unread', count: 0, title: `not read, ${words(status)}` }
    : { region, state: 'read', count: instances, title: counted(instances, 'instance') };
};

/** @param {{ scan: ScanDocument, reload: () => void }} props */
const Cancel = ({ scan, reload }) => {
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useAct(async () => {
    await api.post(`/connections/${scan.connectionId}/scans/${scan.scanId}/cancel`);
    setAsked(false);
    reload();
  });
  return may('write') && html`<button type="button" onClick=${() => setAsked(true)}>Cancel the scan</button>
    ${asked && html`<${ConfirmDialog} title="Cancel this scan?" act="Cancel the scan" keep="Go on scanning" busy=${busy} problem=${problem} onAct=${run} onClose=${() => setAsked(false)}>
      <p>What it has counted so far is not kept. The calls that it made stay in the ledger.</p></${ConfirmDialog}>`}`;
};

/** @param {{ scan: ScanDocument, connection: ConnectionDetail, watched: boolean }} props */
const Ended = ({ scan, connection, watched }) => {
  if (scan.snapshot) {
    const newest = connection.latest?.scanId === scan.scanId || watched;
    return html`${watched && html`<${Note} tone=${scan.snapshot.coverage.whole ? 'good' : 'info'} title=${scan.snapshot.coverage.whole ? 'The scan is done, and everything was read' : 'The scan is done'} />`}
      ${!newest && html`<${Note} tone="info" title=${`This is the scan of ${dateTime(scan.startedAt)}`}><p>It is one of those that are kept. <a href=${`#/connections/${connection.id}`}>The newest result</a></p></${Note}>`}
      <${SnapshotView} of=${scan.snapshot} />`;
  }
  return html`<${Note} tone=${scan.status === 'cancelled' ? 'info' : scan.status === 'concluded' ? 'warn' : 'bad'} title=${TITLES[scan.status] ?? 'The scan has ended without a result'}>
      <p>${scan.failure?.message ?? scan.detail ?? ''}</p>
      ${scan.failure && html`<p>${advice(scan.failure.code)}</p>`}
    </${Note}>
    <p class="hint">Begun ${dateTime(scan.startedAt)}, ${scan.trigger === 'schedule' ? 'on schedule' : 'on demand'}. ${connection.latest
      ? html`<a href=${`#/connections/${connection.id}`}>The newest result</a>` : 'There is no earlier result.'} · <a href=${`#/connections/${connection.id}/calls?scan=${scan.scanId}`}>The calls that it made</a></p>`;
};

/** @type {Record<string, string>} */
const TITLES = {
  concluded: 'The result of this scan is no longer kept',
  failed: 'The scan failed',
  timed_out: 'The scan did not end in time',
  cancelled: 'The scan was cancelled',
};

/** What to do about a failure, where something can be done. @param {string} code */
const advice = code => {
  switch (code) {
    case 'role_revoked':
    case 'role_quarantined':
      return 'What to do stands above, at the connection’s state.';
    case 'role_not_assumable':
      return 'Look in IAM whether the role is there, and whether its trust policy is the one that was asked for.';
    case 'account_mismatch':
      return 'The role is of another account than the one that was proven. Make a connection of its own for that account.';
    case 'regions_unreadable':
      return 'The role must allow ec2:DescribeRegions; a service control policy may deny it.';
    case 'broker_not_authorized':
    case 'reference_tampered':
    case 'internal':
      return 'There is nothing for you to do: our operator has been told.';
    default:
      return 'Scan again in a few minutes.';
  }
};

/** As a clock shows it: whole seconds. @param {number} milliseconds */
const elapsed = milliseconds => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  return seconds < 10 ? `${seconds} s` : duration(1_000 * seconds);
};

/** The time, each second. */
const useNow = () => {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const PACE_WINDOW = 5_000;

/**
 * Calls a second over the last five seconds; null before there is anything to compare.
 * @param {Progress | undefined} progress
 */
const usePace = progress => {
  const [pace, setPace] = useState(/** @type {number | null} */ (null));
  const samples = useRef(/** @type {{ at: number, calls: number }[]} */ ([]));
  useEffect(() => {
    if (progress !== undefined) {
      const now = { at: Date.now(), calls: progress.calls };
      samples.current = [...samples.current.filter(({ at }) => now.at - at < PACE_WINDOW), now];
      const [first] = samples.current;
      setPace(first.at === now.at ? null : (1_000 * (now.calls - first.calls)) / (now.at - first.at));
    }
  }, [progress]);
  return pace;
};
