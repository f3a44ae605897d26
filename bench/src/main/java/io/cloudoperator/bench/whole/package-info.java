/** Whole scans through the whole backend: how long they take, and what they cost. */
@NullMarked
package io.cloudoperator.bench.whole;

import org.jspecify.annotations.NullMarked;
