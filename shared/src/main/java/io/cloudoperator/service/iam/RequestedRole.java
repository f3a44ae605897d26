package io.cloudoperator.service.iam;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;

/**
 * A customer's role, and whom it was asked to trust.
 *
 * @param externalId that each statement of its trust policy has to require
 * @param broker the account that it trusts
 * @param brokerRoles the {@code aws:PrincipalArn} of the roles in it that may assume the role
 */
public record RequestedRole(
    RoleArn role, ExternalId externalId, AccountId broker, String brokerRoles) {}
