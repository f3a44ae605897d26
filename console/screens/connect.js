// Connecting an account: name and tier, granting the role, and the proof.
import { api, proven, useAct, useApi } from '../api.js';
import { Operations, ProofLines, ScanNow, ScheduleSelect, useTimes } from '../connection.js';
import { save } from '../lists.js';
import { Name, Time, counted, number } from '../format.js';
import { go } from '../router.js';
import { signsIn } from '../session.js';
import { Answered, Copyable, Facts, Needs, Note, Page, ProblemNote, Tabs } from '../ui.js';
import { html, useEffect, useRef, useState } from '../vendor/preact.js';

/** @typedef {import('../api.js').Schemas} Schemas */
/** @typedef {Schemas['PendingConnection']} Pending */
/** @typedef {Schemas['Connection']} Connection */
/** @typedef {Schemas['Trust']} Trust */
/** @typedef {Schemas['TrustTier']} Tier */
/** @typedef {import('../api.js').Problem} Problem */
/** @typedef {import('../vendor/preact.js').ComponentChildren} Children */

/**
 * What was just issued, so that the next step need not ask for it again.
 * @type {Pending | null}
 */
let issued = null;

/** @param {{ id?: string }} props without an id: a connection is begun */
export const Connect = ({ id }) => (id === undefined ? html`<${Begin} />` : html`<${GoOn} id=${id} />`);

const STEPS = ['Name and tier', 'Grant the role', 'Prove it'];

/** @param {{ at: number }} props */
const Steps = ({ at }) => html`<ol class="stages" aria-label="Steps">${STEPS.map((title, i) =>
  html`<li key=${title} class=${i < at ? 'done' : ''} aria-current=${i === at ? 'step' : undefined}>
    <span class="sign">${i < at ? html`<span aria-hidden="true">✓</span><span class="unseen">done: </span>` : i + 1}</span> ${title}</li>`)}</ol>`;

const BACK = { href: '#/', text: 'All connections' };

const Begin = () => {
  const published = useApi('/trust.json');
  const [name, setName] = useState('');
  const [tier, setTier] = useState(/** @type {'minimal' | 'audit'} */ ('minimal'));
  const { busy, problem, run } = useAct(async () => {
    const pending = /** @type {Pending} */ (await api.post('/connections', { name: name.trim(), tier }));
    issued = pending;
    go(`/connections/${pending.id}/connect`);
  });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    run();
  };
  return html`<${Page} title="Connect an account" back=${BACK}>
    <${Steps} at=${0} />
    <${Needs} scope="write"><form onSubmit=${submit}>
      <label>Name <span class="hint">– your own label, such as Production</span>
        <input value=${name} required maxlength="64" autocomplete="off" aria-invalid=${problem?.field === 'name' ? 'true' : undefined} onInput=${(/** @type {any} */ e) => setName(e.target.value)} /></label>
      <fieldset class="tiers"><legend>Tier: how much is granted</legend>
        <${Choice} value="minimal" title="Minimal" chosen=${tier} onChoose=${setTier}>Counts instances and buckets in every region. Four calls, nothing else.</${Choice}>
        <${Choice} value="audit" title="Audit" chosen=${tier} onChoose=${setTier}>And lists the APIs of the account: who can call each route, and what is wrong with it.</${Choice}>
      </fieldset>
      <${Answered} of=${published}>${(/** @type {Trust} */ trust) => html`<${Permissions} trust=${trust} of=${trust.tiers[tier]} />`}</${Answered}>
      <${ProblemNote} problem=${problem} />
      <button type="submit" class="primary" disabled=${busy || name.trim() === ''}>${busy ? 'Issuing an External ID…' : 'Continue'}</button>
      <p class="hint after">Issues an External ID for this account alone. Nothing is done in the account.</p>
    </form></${Needs}></${Page}>`;
};

/** @param {{ value: 'minimal' | 'audit', title: string, chosen: string, onChoose: (value: 'minimal' | 'audit') => void, children?: Children }} props */
const Choice = ({ value, title, chosen, onChoose, children }) => html`<label class="choice">
  <input type="radio" name="tier" value=${value} checked=${chosen === value} onChange=${() => onChoose(value)} />
  <span><strong>${title}</strong><span class="hint">${children}</span></span></label>`;

/**
 * The actions that a policy allows, each once.
 * @param {any} policy
 * @returns {string[]}
 */
const actions = policy => [...new Set(/** @type {string[]} */ ((policy?.Statement ?? []).flatMap((/** @type {any} */ statement) => statement.Action)))];

/** What a tier is granted, and what of it a session can use. @param {{ trust: Trust, of: Tier }} props */
const Permissions = ({ trust, of }) => {
  const session = actions(of.sessionPolicy);
  const verify = actions(of.verifySessionPolicy).filter(action => !session.includes(action));
  return html`<section class="panel" aria-labelledby="permissions">
    <h2 id="permissions">What that is, exactly</h2>
    <dl class="narrowing">
      <div><dt>AWS</dt><dd>has <strong>${counted(trust.iamActions.exist, 'action')}</strong>. <span class="hint">From ${trust.iamActions.source}.</span></dd></div>
      <div><dt>The role</dt><dd>is granted ${of.actionsGranted !== undefined && html`<strong>${number(of.actionsGranted)}</strong> of them: `}${list(of.granted)}${of.managedPolicies.length > 0 && html`, and AWS’s policy ${list(of.managedPolicies)}, for AWS has no narrower one that reads the configuration of APIs. AWS decides which actions that is, and adds to them, so they are not counted here: <a href=${`https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${of.managedPolicies[0]}.html`} target="_blank" rel="noopener noreferrer">its version of today ↗<span class="unseen"> (in a new tab)</span></a>`}${of.permissionsBoundary && html`. It can never do more than <code>${of.permissionsBoundary}</code> allows`}.</dd></div>
      <div><dt>Our session</dt><dd>is cut down to <strong>${number(of.actionsAllowed)}</strong> for ${trust.session.minutes} minutes, whatever the role allows: ${list(session)}.${verify.length > 0 ? html` Another one, that checks the account and the role itself, has ${verify.length} others.` : ''}</dd></div>
    </dl>
    <${Operations} of=${of.operations} />
  </section>`;
};

/** @param {string[]} names */
const list = names => names.map((name, i) => html`${i > 0 && ', '}<code>${name}</code>`);

/** @param {{ id: string }} props */
const GoOn = ({ id }) => {
  const answer = useApi(`/connections/${id}`);
  const [proven, setProven] = useState(/** @type {Connection | null} */ (null));
  const [tried, setTried] = useState(false);
  const connection = proven ?? /** @type {Schemas['ConnectionDetail'] | null} */ (answer.data);
  if (connection === null) {
    return html`<${Page} title="Connect an account" back=${BACK}><${Answered} of=${answer} /></${Page}>`;
  }
  const pending = connection.status === 'pending';
  return html`<${Page} title="Connect an account" heading=${html`Connect <${Name} of=${connection.name} />`} back=${BACK}>
    <${Steps} at=${!pending ? 3 : tried ? 2 : 1} />
    ${pending ? html`<${Needs} scope="write"><${GrantAndProve} id=${id} onTry=${() => setTried(true)} onProven=${setProven} /></${Needs}>` : html`<${Done} connection=${connection} reload=${answer.reload} />`}
  </${Page}>`;
};

/** What can be connected where there is no sign-in, as on a laptop: a sample account, or the role that `serve` was given. @typedef {{ sample: boolean, roleArn?: string }} Local */

/** @param {{ id: string, onTry: () => void, onProven: (connection: Connection) => void }} props */
const GrantAndProve = ({ id, onTry, onProven }) => {
  const kept = issued?.id === id ? issued : null;
  const answer = useApi(kept === null ? `/connections/${id}/grant` : null);
  const pending = kept ?? /** @type {Pending | null} */ (answer.data);
  const { data, problem } = useApi(signsIn() ? null : '/local/account');
  const local = /** @type {Local | null} */ (data);
  const asked = !signsIn() && local === null && problem === null;
  const [roleArn, setRoleArn] = useState('');
  useEffect(() => setRoleArn(was => was || (local?.roleArn ?? '')), [local]);
  return html`
    <${Answered} of=${{ ...answer, data: asked ? null : pending }} text="Fetching what is to be granted…">${(/** @type {Pending} */ of) =>
      html`<${Grant} of=${of} local=${local} onLaunched=${setRoleArn} />`}</${Answered}>
    <${Prove} id=${id} pending=${pending} roleArn=${roleArn} setRoleArn=${setRoleArn} onTry=${onTry} onProven=${onProven} />`;
};

/** @param {{ of: Pending, local: Local | null, onLaunched: (roleArn: string) => void }} props */
const Grant = ({ of, local, onLaunched }) => html`<section class="panel" aria-labelledby="grant">
  <h2 id="grant">Grant the role, in your AWS account</h2>
  <p>One role, and nothing else. It trusts one account of ours, and only with this External ID, which was made for this connection alone.${' '}
    <span class="hint">It is forgotten <${Time} at=${of.expiresAt} /> unless the role is proven.</span></p>
  <h3>External ID</h3>
  <${Copyable} text=${of.externalId} label="External ID" />
  <${Tabs} label="Ways to grant the role" of=${ways(of, local, onLaunched)} />
</section>`;

/** @param {Pending} of @param {Local | null} local @param {(roleArn: string) => void} onLaunched */
const ways = (of, local, onLaunched) => [
  ...(!local?.sample ? [] : [{ id: 'sample', title: 'Sample account', body: html`<${LaunchSample} of=${of} onLaunched=${onLaunched} />` }]),
  { id: 'console', title: 'Console', body: html`<${ByConsole} of=${of} />` },
  { id: 'cli', title: 'AWS CLI', body: html`<${ByCli} of=${of} />` },
  { id: 'terraform', title: 'Terraform', body: html`<${ByTerraform} of=${of} />` },
  { id: 'policies', title: 'Policies', body: html`<${Policies} of=${of} />` },
];

/** On a laptop there is an account to try it with. @param {{ of: Pending, onLaunched: (roleArn: string) => void }} props */
const LaunchSample = ({ of, onLaunched }) => {
  const [launched, setLaunched] = useState(false);
  const { busy, problem, run } = useAct(async () => {
    onLaunched((await api.post('/local/launch', { externalId: of.externalId, tier: of.tier })).roleArn);
    setLaunched(true);
  });
  return html`<p>On this laptop there is a sample AWS account. This launches customer/${of.tier}-role.yaml in it, as its owner would with CloudFormation.</p>
    <${ProblemNote} problem=${problem} />
    <button type="button" disabled=${busy} onClick=${run}>${busy ? 'Launching…' : 'Launch into the sample account'}</button>
    <p role="status" class="hint">${launched ? 'Launched: its ARN stands below. Prove it now.' : ''}</p>`;
};

/** @param {{ of: Pending }} props */
const ByConsole = ({ of: { role, tier } }) => html`
  ${role.launchStackUrl && html`<p><a class="button primary" href=${role.launchStackUrl} target="_blank" rel="noopener noreferrer">Open CloudFormation in AWS ↗<span class="unseen"> (in a new tab)</span></a></p>
    <p>Everything is filled in. Tick the acknowledgement, choose “Create stack”, and when it is done copy <code>RoleArn</code> from its Outputs.</p>`}
  <h3>${role.launchStackUrl ? 'Or upload the template' : 'Upload the template'}</h3>
  <ol><li>Save it: <button type="button" class="plain" onClick=${() => save(role.template, `${tier}-role.yaml`, 'application/yaml')}>${tier}-role.yaml</button></li>
    <li>In the CloudFormation console choose “Create stack”, “With new resources”, “Upload a template file”.</li>
    <li>Give the stack a name, and fill in its parameters:
      ${Object.entries(role.parameters).map(([name, value]) => html`<div class="parameter" key=${name}><span>${name}</span><${Copyable} text=${value} label=${name} /></div>`)}</li>
    <li>When the stack is done, copy <code>RoleArn</code> from its Outputs.</li></ol>
  <details><summary>The template, to read first</summary><${Copyable} text=${role.template} label="CloudFormation template" /></details>`;

/** @param {{ of: Pending }} props */
const ByCli = ({ of: { role } }) => html`
  ${role.launchStackCommand && html`<h3>With the template</h3><${Copyable} text=${role.launchStackCommand} label="Command that launches the stack" />`}
  <h3>${role.launchStackCommand ? 'Or without it' : 'In a shell that is signed in to the account'}</h3>
  <p>The last command prints the role’s ARN.</p>
  <${Copyable} text=${role.cliCommands.join('\n')} label="Commands that make the role" />
  <details><summary>To revoke it again, at any time</summary><${Copyable} text=${role.revokeCommands.join('\n')} label="Commands that revoke the role" /></details>`;

/** @param {{ of: Pending }} props */
const ByTerraform = ({ of: { role, tier } }) => html`
  <p>In a folder of its own, save both files:${' '}
    <button type="button" class="plain" onClick=${() => save(role.terraform, `${tier}-role.tf`, 'text/plain')}>${tier}-role.tf</button>, ${' '}
    <button type="button" class="plain" onClick=${() => save(role.terraformVariables, 'terraform.tfvars', 'text/plain')}>terraform.tfvars</button>. Then:</p>
  <${Copyable} text=${'terraform init && terraform apply\nterraform output -raw role_arn'} label="Commands" />
  <h3>terraform.tfvars</h3><${Copyable} text=${role.terraformVariables} label="terraform.tfvars" />
  <details><summary>The module, to read first</summary><${Copyable} text=${role.terraform} label="Terraform module" /></details>
  <p class="hint"><code>terraform destroy</code> revokes it.</p>`;

/** @param {{ of: Pending }} props */
const Policies = ({ of: { role } }) => html`
  <h3>Trust policy</h3><${Copyable} text=${pretty(role.trustPolicy)} label="Trust policy" />
  <h3>Permission policy</h3><${Copyable} text=${pretty(role.permissionPolicy)} label="Permission policy" />
  <${Facts} of=${[
    ['AWS’s managed policies, attached', role.managedPolicies.length > 0 ? list(role.managedPolicies) : null],
    ['Permissions boundary', role.permissionsBoundary ? html`<code>${role.permissionsBoundary}</code>` : null],
  ]} />`;

/** @param {unknown} document */
const pretty = document => JSON.stringify(document, null, 2);

// As the API has it, so that a slip is seen before anything is sent.
const ROLE_ARN = /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const ROLE_ARN_HINT = 'A role ARN reads arn:aws:iam::111122223333:role/NAME; aws-cn or aws-us-gov in those partitions.';

/**
 * @typedef {{ kind: 'idle' } | { kind: 'trying' } | { kind: 'waiting', problem: Problem } | { kind: 'refused', problem: Problem }} Trial
 */

/**
 * @param {{ id: string, pending: Pending | null, roleArn: string, setRoleArn: (roleArn: string) => void, onTry: () => void, onProven: (connection: Connection) => void }} props
 */
const Prove = ({ id, pending, roleArn, setRoleArn, onTry, onProven }) => {
  const [trial, setTrial] = useState(/** @type {Trial} */ ({ kind: 'idle' }));
  const [checked, setChecked] = useState(false);
  // Which attempt is shown: one that another took the place of says nothing any more.
  const turn = useRef(0);
  useEffect(() => () => {
    turn.current = -1;
  }, []);
  const malformed = !ROLE_ARN.test(roleArn.trim());

  /** @param {boolean} given whether the API has the role already */
  const attempt = async given => {
    const mine = ++turn.current;
    const shown = (/** @type {Trial} */ next) => {
      if (turn.current === mine) {
        setTrial(next);
      }
      return turn.current === mine;
    };
    onTry();
    setTrial({ kind: 'trying' });
    try {
      const asked = given ? api.post(`/connections/${id}/verify`) : api.put(`/connections/${id}/role`, { roleArn: roleArn.trim() });
      onProven(await proven(id, asked, problem => shown({ kind: 'waiting', problem })));
    } catch (e) {
      shown({ kind: 'refused', problem: /** @type {Problem} */ (e) });
    }
  };
  const stop = () => {
    turn.current++;
    if (trial.kind === 'waiting') {
      setTrial({ kind: 'refused', problem: trial.problem });
    }
  };
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setChecked(true);
    if (malformed) {
      document.getElementById('role-arn')?.focus();
    } else {
      attempt(false);
    }
  };
  const busy = trial.kind === 'trying' || trial.kind === 'waiting';
  const times = useTimes(id, trial.kind === 'refused');
  const problem = trial.kind === 'refused' || trial.kind === 'waiting' ? trial.problem : null;
  const atField = problem?.field === 'roleArn' ? problem.message : checked && malformed ? ROLE_ARN_HINT : '';
  return html`<section class="panel" aria-labelledby="prove">
    <h2 id="prove">Prove it</h2>
    <p>We try the role three times, before anything is read: with the External ID, which must work, and without it and with another, which AWS must deny.</p>
    <form onSubmit=${submit} novalidate>
      <label class="tight" for="role-arn">Role ARN</label>
      <input id="role-arn" class="mono" value=${roleArn} required autocomplete="off" spellcheck=${false} placeholder="arn:aws:iam::111122223333:role/…" aria-invalid=${atField ? 'true' : undefined} aria-describedby="role-arn-said"
        onInput=${(/** @type {any} */ e) => setRoleArn(e.target.value)} onBlur=${(/** @type {any} */ e) => roleArn !== '' && e.relatedTarget?.type !== 'submit' && setChecked(true)} />
      <p id="role-arn-said" class=${atField ? 'field-error' : 'hint'}>${atField ? html`<span aria-hidden="true">✕</span> ${atField}` : ''}</p>
      <${ProofLines} probes=${problem?.members.probes ?? []} times=${times} busy=${trial.kind === 'trying'} denied=${problem?.code === 'role_not_assumable' ? problem.members.awsErrorCode : undefined} />
      <${Trying} trial=${trial} onStop=${stop} />
      ${trial.kind === 'refused' && problem && !problem.field && html`<${Refused} problem=${problem} pending=${pending} />`}
      <div class="actions">
        <button type="submit" class="primary" disabled=${busy}>${busy ? 'Proving…' : 'Prove the role'}</button>
        ${trial.kind === 'refused' && problem && AGAIN.has(problem.code) && html`<button type="button" onClick=${() => attempt(true)}>I have changed it: try again</button>`}
      </div>
    </form></section>`;
};

/** Refusals after which the API has the role, and tries it again as it is. */
const AGAIN = new Set(['role_not_assumable', 'confused_deputy', 'account_mismatch', 'proof_inconclusive', 'broker_not_authorized']);

/** What happens now; said to screen readers too. @param {{ trial: Trial, onStop: () => void }} props */
const Trying = ({ trial, onStop }) => {
  const busy = trial.kind === 'trying' || trial.kind === 'waiting';
  const seconds = useSeconds(busy);
  return html`<p role="status">${trial.kind === 'trying'
      ? 'Trying the role. The answers come together.'
      : trial.kind === 'waiting'
        ? `Not yet: ${trial.problem.title.toLowerCase()}. A new role can take a minute; it is tried again by itself.`
        : ''}</p>
    ${busy && html`<p class="hint">${seconds} s ${trial.kind === 'waiting' && html`<button type="button" class="plain" onClick=${onStop}>Stop trying</button>`}</p>`}`;
};

/** Seconds since something else began. @param {unknown} what */
const useSeconds = what => {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    const timer = setInterval(() => setSeconds(n => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [what]);
  return seconds;
};

/** Why the role was not taken, and exactly what to change. @param {{ problem: Problem, pending: Pending | null }} props */
const Refused = ({ problem, pending }) => html`<${Note} tone="bad" title=${problem.title}>${remedy(problem, pending)}</${Note}>`;

/** @param {Problem} problem @param {Pending | null} pending @returns {Children} */
const remedy = (problem, pending) => {
  const trust = pending?.role.trustPolicy ?? problem.members.trustPolicy;
  switch (problem.code) {
    case 'confused_deputy':
      return html`<p>Whoever can make us assume a role could reach this account, so it is not connected. Give the role exactly this trust policy (IAM, Roles, the role, “Trust relationships”, “Edit trust policy”), then try again.</p>
        ${trust && html`<${Copyable} text=${pretty(trust)} label="Trust policy that the role needs" />`}`;
    case 'role_not_assumable':
      return html`<p>AWS denies it and does not say why. Look at these, in this order, then try again:</p>
        <ol><li>The ARN is that of the role which you made, in the account that you want to connect.</li>
          <li>Its trust policy is the one under Policies, to the letter: our account, and this External ID${pending && html`, <code>${pending.externalId}</code>`}.</li>
          <li>No service control policy of the organization denies <code>sts:AssumeRole</code> from outside.</li></ol>`;
    case 'account_mismatch':
      return html`<p>The role that AWS let us assume is in another account than its ARN names. Take the ARN from the account that you want to connect.</p>`;
    case 'account_already_connected':
      return html`<p>${problem.message} <a href="#/">Your connections</a></p>`;
    case 'broker_not_authorized':
    case 'proof_inconclusive':
      return html`<p>${problem.message} There is nothing for you to change.</p>`;
    default:
      return html`<p>${problem.field && html`<code>${problem.field}</code>: `}${problem.message}</p>`;
  }
};

/** @param {{ connection: Connection, reload: () => void }} props */
const Done = ({ connection, reload }) => {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  const times = useTimes(connection.id, true);
  if (connection.status !== 'active') {
    return html`<${Note} tone="info" title=${`This connection is ${connection.status}`}><p><a href=${`#/connections/${connection.id}`}>What that means, and what to do</a></p></${Note}>`;
  }
  return html`<section class="panel">
    <h2 ref=${heading} tabindex="-1">Connected: AWS account <code>${connection.account}</code></h2>
    ${connection.proof && html`<${ProofLines} probes=${connection.proof.probes} account=${connection.account} times=${times} />`}
    <p>To prove it we have asked AWS who the role is, and read nothing. Each of these calls, and of a scan’s, stands on the page Calls.</p>
    <div class="actions"><${ScanNow} connection=${connection} /><a class="button" href=${`#/connections/${connection.id}`}>Go to the connection</a></div>
    <${ScheduleSelect} connection=${connection} reload=${reload} />
  </section>`;
};
