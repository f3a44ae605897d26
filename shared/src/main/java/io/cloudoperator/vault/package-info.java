/** Envelope encryption of role references. Imports {@code connection} and the KMS client. */
@NullMarked
package io.cloudoperator.vault;

import org.jspecify.annotations.NullMarked;
