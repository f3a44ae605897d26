/** The customer's role for us, as IAM has it. */
@NullMarked
package io.cloudoperator.service.iam;

import org.jspecify.annotations.NullMarked;
