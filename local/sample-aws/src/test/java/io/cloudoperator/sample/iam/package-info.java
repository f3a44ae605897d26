/** Tests of what needs no wire. */
@NullMarked
package io.cloudoperator.sample.iam;

import org.jspecify.annotations.NullMarked;
