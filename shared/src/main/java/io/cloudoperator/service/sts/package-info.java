/** GetCallerIdentity, of AWS STS. */
@NullMarked
package io.cloudoperator.service.sts;

import org.jspecify.annotations.NullMarked;
