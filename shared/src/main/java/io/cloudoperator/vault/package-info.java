/** Envelope encryption of role references. */
@NullMarked
package io.cloudoperator.vault;

import org.jspecify.annotations.NullMarked;
