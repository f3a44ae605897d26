/**
 * Sessions in customers' accounts: AssumeRole under a session policy, the probes of the trust
 * policy and the canary. Nothing outside this package opens one. Imports {@code service}, {@code
 * aws}, {@code connection}.
 */
@NullMarked
package io.cloudoperator.session;

import org.jspecify.annotations.NullMarked;
