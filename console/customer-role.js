// The role that a customer makes for us, by the names that our templates and commands give it. A customer may have chosen another.
/** @typedef {import('./api.js').Schemas['Permissions']['tiers'][number]} TierPermissions */

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
