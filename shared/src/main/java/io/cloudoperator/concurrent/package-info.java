/** Fan-out over virtual threads. Imports {@code java.*} alone. */
@NullMarked
package io.cloudoperator.concurrent;

import org.jspecify.annotations.NullMarked;
