/** Tests of what needs no wire. */
@NullMarked
package io.cloudoperator.sample.cloudtrail;

import org.jspecify.annotations.NullMarked;
