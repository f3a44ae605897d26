/** Signed statements of what was deleted, and how anybody checks them. */
@NullMarked
package io.cloudoperator.receipt;

import org.jspecify.annotations.NullMarked;
