/** Processes of their own, and what they take. */
@NullMarked
package io.cloudoperator.bench.jvm;

import org.jspecify.annotations.NullMarked;
