/** The commands of {@code ./cloudoperator}. */
@NullMarked
package io.cloudoperator.local.cli;

import org.jspecify.annotations.NullMarked;
