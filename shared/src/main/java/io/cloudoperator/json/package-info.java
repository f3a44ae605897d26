/** The one way in which domain values become JSON and come back. */
@NullMarked
package io.cloudoperator.json;

import org.jspecify.annotations.NullMarked;
