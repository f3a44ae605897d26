/** Tests of what needs no wire. */
@NullMarked
package io.cloudoperator.sample.data;

import org.jspecify.annotations.NullMarked;
