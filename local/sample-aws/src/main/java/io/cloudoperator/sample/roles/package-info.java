/** IAM as far as it is asked about a role: GetRole and the role's policies. */
@NullMarked
package io.cloudoperator.sample.roles;

import org.jspecify.annotations.NullMarked;
