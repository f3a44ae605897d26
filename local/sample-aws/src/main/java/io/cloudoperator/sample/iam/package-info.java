/** Who may do what: accounts, roles, sessions, and the evaluation of their policies. */
@NullMarked
package io.cloudoperator.sample.iam;

import org.jspecify.annotations.NullMarked;
