// How a customer leaves: revokes on their side, disconnects here, deletes the results, and keeps the receipts.
import { Problem, api, useAct, useApi } from '../api.js';
import { ConnectionPage } from '../connection.js';
import { deleteRoleCommands, deleteStackCommand, roleName } from '../customer-role.js';
import { Time, counted } from '../format.js';
import { FreshReceipt } from './receipt.js';
import { Badge, ConfirmDialog, Copyable, Needs, Note, ProblemNote } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['ConnectionDetail']} ConnectionDetail */
/** @typedef {Schemas['SignedReceipt']} SignedReceipt */
/** @typedef {import('../vendor/preact.js').ComponentChildren} Children */

/** @param {{ id: string }} props */
export const Leave = ({ id }) => html`<${ConnectionPage} id=${id} here="/leave" title="Leave">${(/** @type {ConnectionDetail} */ connection, /** @type {() => void} */ reload) => html`
  <p>Three steps. The first is yours alone: after it we can do nothing in the account, whatever happens here. Each of the other two is answered with a signed receipt.</p>
  <ol class="steps">
    <${Revoke} of=${connection} />
    <${Disconnect} of=${connection} onDone=${reload} />
    <${Purge} of=${connection} />
  </ol>
  <${Everything} />`}</${ConnectionPage}>`;

/** @param {{ of: ConnectionDetail }} props */
const Revoke = ({ of: { id, tier, status } }) => {
  const { data, problem } = useApi('/permissions');
  const permissions = /** @type {Schemas['Permissions'] | null} */ (data)?.tiers.find(each => each.tier === tier);
  return html`<li class="panel"><h2>Revoke, in your account</h2>
    <p>Delete our role. AWS refuses us from then on; sessions that are open end within 15 minutes. ${status === 'revoked' && html`<${Badge} tone="good">AWS refuses us already</${Badge}>`}</p>
    <h3>In the AWS console</h3>
    <p>CloudFormation, the region where you made the stack, its stack, Delete. Or IAM, Roles, <code>${roleName(tier)}</code>, Delete.</p>
    <h3>Or with the AWS CLI</h3>
    <p>If a stack made the role, with its region in place of <code>REGION</code>:</p>
    <${Copyable} label="Delete the stack" text=${deleteStackCommand(tier)} />
    ${permissions && html`<p>If commands made it:</p><${Copyable} label="Delete the role" text=${deleteRoleCommands(permissions)} />`}
    <${ProblemNote} problem=${problem} />
    <p class="hint">If you gave the role or the stack another name, use that. To see that it worked, <a href=${`#/connections/${id}/permission`}>prove the role</a>: it must fail.</p></li>`;
};

/**
 * A step that deletes something here: asks, deletes, shows the receipt. Where it is done already, asked again, the API answers with the same receipt and deletes nothing.
 * @param {{ title: string, path: string, word: string, act: string, question: Children, done?: boolean, once?: boolean, onDone?: () => void, children?: Children }} props
 */
const Deletion = ({ title, path, word, act, question, done = false, once = false, onDone, children }) => {
  const [asked, setAsked] = useState(false);
  const [signed, setSigned] = useState(/** @type {SignedReceipt | null} */ (null));
  const [left, setLeft] = useState('');
  const receipt = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // The button that had the focus may be gone.
    if (signed !== null) {
      receipt.current?.focus();
    }
  }, [signed]);
  const { busy, problem, run, forget } = useAct(async () => {
    try {
      setSigned(await deleted(path, problem => setLeft(`${counted(problem.members.connectionsLeft ?? 0, 'connection')} left…`)));
    } finally {
      setLeft('');
    }
    setAsked(false);
    onDone?.();
  });
  return html`<h2>${title}</h2>${children}
    ${!(signed && (done || once)) && html`<${Needs} scope="delete">${done
      ? html`<${ProblemNote} problem=${problem} /><button type="button" disabled=${busy} onClick=${run}>Show its receipt</button>`
      : html`<button type="button" class="danger" onClick=${() => { forget(); setAsked(true); }}>${act}</button>`}</${Needs}>`}
    ${signed && html`<section ref=${receipt} tabindex="-1" aria-label=${`Receipt: ${title}`} class="panel inner"><${FreshReceipt} of=${signed} /></section>`}
    ${asked && html`<${ConfirmDialog} title=${title} word=${word} act=${act} busy=${busy} problem=${problem} onAct=${run} onClose=${() => setAsked(false)}>${question}<p role="status">${left}</p></${ConfirmDialog}>`}`;
};

const MOST_ROUNDS = 100;

/**
 * Asks until all is deleted: a large tenant takes more than one request, and each goes on where the last one ended.
 * @param {string} path
 * @param {(problem: Problem) => void} onLeft
 * @returns {Promise<SignedReceipt>}
 */
const deleted = async (path, onLeft) => {
  for (let round = 1; ; round++) {
    try {
      return await api.delete(path);
    } catch (e) {
      if (!(e instanceof Problem) || e.code !== 'purge_incomplete' || round === MOST_ROUNDS) {
        throw e;
      }
      onLeft(e);
    }
  }
};

/** @param {{ of: ConnectionDetail, onDone: () => void }} props */
const Disconnect = ({ of: { id, name, status, disconnectedAt }, onDone }) => html`<li class="panel">
  <${Deletion} title="Disconnect" path=${`/connections/${id}`} word=${name} act="Disconnect" onDone=${onDone} done=${status === 'disconnected'}
    question=${html`<p>We forget how to reach the account. Connecting it again needs a new role, for the External ID is deleted too.</p>`}>
    <p>The reference to the role, its ARN and External ID, is deleted at once, with the schedule. A scan that runs is stopped. Results stay until the third step.</p>
    ${status === 'disconnected' && html`<p><${Badge} tone="good">Disconnected</${Badge}> ${disconnectedAt && html`<${Time} at=${disconnectedAt} />`}</p>`}</${Deletion}></li>`;

/** @param {{ of: ConnectionDetail }} props */
const Purge = ({ of: { id, name, status } }) => html`<li class="panel">
  <${Deletion} title="Delete the results" path=${`/connections/${id}/data`} word=${name} act="Delete the results" once=${status === 'disconnected'}
    question=${html`<p>Snapshots, trends, APIs, the catalogue and the list of calls are deleted. Nothing brings them back. If you want to hold our calls against CloudTrail, do that first, on the page Calls.</p>`}>
    <p>All that scans of this account have counted is deleted${status === 'disconnected' ? ', and the record of the connection with it' : '. The connection stays, and the next scan counts anew'}.</p></${Deletion}></li>`;

const EVERYTHING = 'delete everything';

const Everything = () => html`<details class="everything"><summary>Delete everything of this tenant</summary>
  <div class="panel"><${Deletion} title="Delete everything" path="/tenant" word=${EVERYTHING} act="Delete everything"
    question=${html`<${Note} tone="bad" title="This is for all accounts"><p>Every connection of this tenant ends, not only this one, and all results are deleted. Nothing brings them back.</p></${Note}>`}>
    <p>Ends <strong>every connection of this tenant</strong> and deletes all results, of every account. Revoke the roles in the accounts besides.</p></${Deletion}></div></details>`;
