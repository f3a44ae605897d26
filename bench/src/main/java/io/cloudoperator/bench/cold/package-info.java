/** Table c: cold starts of the functions' artifacts. */
@NullMarked
package io.cloudoperator.bench.cold;

import org.jspecify.annotations.NullMarked;
