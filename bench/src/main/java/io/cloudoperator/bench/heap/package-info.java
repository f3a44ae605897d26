/** Table e: the least heap for a region. */
@NullMarked
package io.cloudoperator.bench.heap;

import org.jspecify.annotations.NullMarked;
