// The role that a customer makes for us, by the names that our templates and commands give it. A customer may have chosen another.
/** @typedef {import('./api.js').Schemas['Permissions']['tiers'][number]} TierPermissions */
/** @typedef {import('./api.js').Schemas['RoleCheck']} RoleCheck */
/** @typedef {import('./ui.js').Tone} Tone */

/** @type {Record<string, { role: string, stack: string }>} */
const NAMES = {
  minimal: { role: 'CloudOperatorReadOnly', stack: 'CloudOperator' },
  audit: { role: 'CloudOperatorAudit', stack: 'CloudOperatorAudit' },
};

/** @param {string} tier */
export const roleName = tier => NAMES[tier].role;

/**
 * Deletes the stack that made the role, and the role with it.
 * @param {string} tier
 */
export const deleteStackCommand = tier => `aws cloudformation delete-stack --stack-name ${NAMES[tier].stack} --region REGION`;

/**
 * Deletes the role where it was made without a stack: IAM deletes none that has a policy.
 * @param {TierPermissions} permissions
 */
export const deleteRoleCommands = ({ tier, managedPolicies }) => {
  const role = roleName(tier);
  return [
    `aws iam delete-role-policy --role-name ${role} --policy-name ${role}`,
    ...managedPolicies.map(policy => `aws iam detach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/${policy}`),
    `aws iam delete-role --role-name ${role}`,
  ].join('\n');
};

/** @typedef {{ Effect: string, Action: string | string[], Resource: string | string[] }} Statement */

/**
 * The least that a role has to allow: the calls that are made, and no others.
 * @param {TierPermissions} permissions
 * @param {string} account
 * @returns {{ Version: string, Statement: Statement[] }}
 */
export const leastPolicy = ({ tier, sessionPolicy, verifySessionPolicy }, account) => {
  const statements = [sessionPolicy, verifySessionPolicy].flatMap(policy => /** @type {Statement[]} */ (policy?.Statement ?? []));
  const ofAll = statements.filter(({ Resource }) => Resource === '*');
  const others = statements.filter(({ Resource }) => Resource !== '*');
  const role = `arn:aws:iam::${account}:role/${roleName(tier)}`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: [...new Set(ofAll.flatMap(({ Action }) => Action))].sort(), Resource: '*' },
      // ROLE_ARN stands for the role itself.
      ...others.map(statement => (statement.Resource === 'ROLE_ARN' ? { ...statement, Resource: role } : statement)),
    ],
  };
};

/**
 * Puts the least policy in the place of what was asked for.
 * @param {TierPermissions} permissions
 * @param {string} account
 */
export const tightenCommands = (permissions, account) => {
  const role = roleName(permissions.tier);
  return [
    `aws iam put-role-policy --role-name ${role} --policy-name ${role} --policy-document '${JSON.stringify(leastPolicy(permissions, account))}'`,
    ...permissions.managedPolicies.map(policy => `aws iam detach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/${policy}`),
  ].join('\n');
};

/** Takes the calls alone where the minimal tier's stack made the role. */
export const tightenStackCommand = () =>
  `aws cloudformation update-stack --stack-name ${NAMES.minimal.stack} --region REGION --use-previous-template --capabilities CAPABILITY_NAMED_IAM --parameters ParameterKey=Permissions,ParameterValue=calls-only ${
    ['ExternalId', 'BrokerAccountId', 'BrokerRolePattern', 'RoleName'].map(name => `ParameterKey=${name},UsePreviousValue=true`).join(' ')}`;

/** What is checked of the role, as the ends of a sentence on it. @type {Record<RoleCheck['point'], string>} */
export const POINTS = {
  asks_for_external_id: 'Asks for its External ID',
  trusts_us_alone: 'Trusts us alone',
  grants_no_more: 'Grants no more than was asked for',
  grants_no_less: 'Grants no less than is called',
  session_duration: 'Allows no longer sessions',
};

/** @type {Record<RoleCheck['result'], { tone: Tone, word: string }>} */
export const RESULTS = { holds: { tone: 'good', word: 'holds' }, deviates: { tone: 'bad', word: 'differs' }, unchecked: { tone: 'none', word: 'not checked' } };
