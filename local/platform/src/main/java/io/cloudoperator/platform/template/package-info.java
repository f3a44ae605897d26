/** Reads a SAM template into typed values, and refuses what it does not understand. */
@NullMarked
package io.cloudoperator.platform.template;

import org.jspecify.annotations.NullMarked;
