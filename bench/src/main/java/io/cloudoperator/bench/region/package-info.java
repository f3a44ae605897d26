/** One region: the account that it is of, who reads it, and how (tables a and e). */
@NullMarked
package io.cloudoperator.bench.region;

import org.jspecify.annotations.NullMarked;
