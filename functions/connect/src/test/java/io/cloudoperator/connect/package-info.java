/** A connection's life, through the handler and down to the deployed tables. */
@NullMarked
package io.cloudoperator.connect;

import org.jspecify.annotations.NullMarked;
