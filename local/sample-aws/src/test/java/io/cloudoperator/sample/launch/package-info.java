/** Tests of what needs no wire. */
@NullMarked
package io.cloudoperator.sample.launch;

import org.jspecify.annotations.NullMarked;
