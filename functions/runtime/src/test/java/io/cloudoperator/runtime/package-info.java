/** What every function relies on. */
@NullMarked
package io.cloudoperator.runtime;

import org.jspecify.annotations.NullMarked;
