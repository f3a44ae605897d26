// What our role may do in the account: what was asked for, what it grants, how it was proven, and how to give less.
import { useApi } from '../api.js';
import { ConnectionPage, Operations, ProofLines, SessionPolicies, VerifyAgain } from '../connection.js';
import { POINTS, RESULTS, leastPolicy, roleName, tightenCommands, tightenStackCommand } from '../customer-role.js';
import { Time, counted, dateTime, words } from '../format.js';
import { Answered, Badge, Copyable, Facts, Note, Severity, Table } from '../ui.js';
import { html } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {Schemas['Snapshot']} Snapshot */
/** @typedef {Schemas['RoleCheck']} RoleCheck */
/** @typedef {Schemas['Permissions']['tiers'][number]} TierPermissions */

/** @param {{ id: string }} props */
export const Permission = ({ id }) => html`<${ConnectionPage} id=${id} here="/permission" title="Permission">${
  (/** @type {ConnectionDetail} */ connection, /** @type {() => void} */ reload) => html`<${Standing} connection=${connection} reload=${reload} />`}</${ConnectionPage}>`;

/** @param {{ connection: ConnectionDetail, reload: () => void }} props */
const Standing = ({ connection, reload }) => {
  const { id, tier, latest } = connection;
  const scan = useApi(latest ? `/connections/${id}/scans/${latest.scanId}` : null);
  const published = useApi('/permissions');
  return html`
    <${Proof} connection=${connection} reload=${reload} />
    <section><h2>The role as it is</h2>
      ${latest
        ? html`<${Answered} of=${scan}>${(/** @type {Schemas['Scan']} */ { snapshot }) => snapshot && html`<${Drift} of=${snapshot} />
            <${Table} caption=${html`Found by the scan of <${Time} at=${snapshot.finishedAt} />`} rows=${snapshot.roleChecks} columns=${CHECKS} />`}</${Answered}>`
        : html`<p class="empty">No scan has looked at it yet.</p>`}</section>
    <${Answered} of=${published}>${(/** @type {Schemas['Permissions']} */ { tiers }) => tiers.filter(each => each.tier === tier).map(each => html`
      <${Asked} of=${each} /><${Tighten} of=${each} account=${connection.account} />`)}</${Answered}>`;
};

/** @param {{ connection: ConnectionDetail, reload: () => void }} props */
const Proof = ({ connection: { id, proof, proofHoldsUntil, account, status }, reload }) => html`<section class="panel"><h2>The proof</h2>
  ${proof ? html`
    <p>${proof.verdict === 'proven' ? 'The role opens for us with its External ID, and not without.' : 'The role opens without its External ID: whoever can make us assume a role could reach this account.'} Tried <${Time} at=${proof.at} />.</p>
    <${ProofLines} probes=${proof.probes} account=${account} />
    ${proof.policy === 'record' && html`<${Note} tone="warn" title="This deployment lets such a role through"><p>Its operator chose to record what is found, and not to require it.</p></${Note}>`}
    <${Facts} of=${[['Holds until', proofHoldsUntil && dateTime(proofHoldsUntil)], ['Repeated', 'before a scan, once it is a day old']]} />`
    : html`<p class="empty">The role was never proven.</p>`}
  ${status !== 'pending' && status !== 'disconnected' && html`<${VerifyAgain} id=${id} reload=${reload} />`}</section>`;

/** @type {import('../ui.js').Column<RoleCheck>[]} */
const CHECKS = [
  { head: 'The role', cell: c => POINTS[c.point] ?? words(c.point) },
  { head: 'Result', cell: c => html`<${Badge} tone=${RESULTS[c.result].tone}>${RESULTS[c.result].word}</${Badge}>` },
  { head: 'How', cell: c => html`${c.how}${c.at && html` <span class="hint"><${Time} at=${c.at} /></span>`}` },
];

/** @param {{ of: Snapshot }} props */
const Drift = ({ of: { flags, accountChecks } }) => {
  const flag = flags.find(({ kind }) => kind === 'permission_drift');
  const deviations = accountChecks?.role.found?.deviations ?? [];
  return flag && html`<${Note} tone="warn" title=${html`${flag.title} <${Severity} of=${flag.severity} />`}>
    <p>${flag.why}</p><p>${flag.remedy}</p>
    <ul>${deviations.map(({ kind, count }) => html`<li key=${kind}>${words(kind)}: ${counted(count, 'place')}</li>`)}</ul></${Note}>`;
};

/** @param {{ of: TierPermissions }} props */
const Asked = ({ of }) => html`<section><h2>What was asked for</h2>
  <${Facts} of=${[
    ['Policy of its own', html`<ul class="plain-list">${of.granted.map(action => html`<li><code>${action}</code></li>`)}</ul>`],
    ['AWS’s policies', of.managedPolicies.length > 0 ? of.managedPolicies.map(policy => html`<code>${policy}</code> `) : 'none'],
    ['Stays inside', of.permissionsBoundary ? html`<code>${of.permissionsBoundary}</code>` : 'no boundary'],
    ['A session lasts', '15 minutes'],
  ]} />
  <p>Whatever the role grants, each session of ours is cut down by a session policy to the ${counted(of.operations.length, 'call')} below.</p>
  <${SessionPolicies} of=${of} />
  <${Operations} of=${of.operations} /></section>`;

/** @param {{ of: TierPermissions, account: string | undefined }} props */
const Tighten = ({ of, account = 'ACCOUNT' }) => html`<section class="panel"><h2>Give less</h2>
  <p>The role has to allow the calls that are made, and nothing else. This is the least policy that does.</p>
  <${Copyable} label="The least policy" text=${JSON.stringify(leastPolicy(of, account), null, 2)} />
  ${of.tier === 'minimal' && html`<h3>If a stack made the role</h3><p>Update it, with its region in place of <code>REGION</code>:</p><${Copyable} label="Update the stack" text=${tightenStackCommand()} />`}
  <h3>${of.tier === 'minimal' ? 'If commands made it' : 'Set it'}</h3>
  <${Copyable} label="Set the least policy" text=${tightenCommands(of, account)} />
  <p class="hint">If the role is not <code>${roleName(of.tier)}</code>, put its name in.</p>
  <h3>What stops working</h3>
  <ul>
    <li>Nothing that this release does. A later one that calls more is denied it, and says in its results what it could not read.</li>
    ${of.tier === 'audit' && html`<li>Each scan will flag the role as different from what was asked for: SecurityAudit is missing, and the policy of its own names other calls. That is then so, and meant.</li>
      <li>A stack that made the role counts this as drift; the next update of the stack undoes it.</li>`}
  </ul></section>`;
