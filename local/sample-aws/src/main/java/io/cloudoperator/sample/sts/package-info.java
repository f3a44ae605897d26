/** AWS Security Token Service: AssumeRole and GetCallerIdentity. */
@NullMarked
package io.cloudoperator.sample.sts;

import org.jspecify.annotations.NullMarked;
