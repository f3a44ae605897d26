/** The whole backend in one JVM, and its command line. */
@NullMarked
package io.cloudoperator.local;

import org.jspecify.annotations.NullMarked;
