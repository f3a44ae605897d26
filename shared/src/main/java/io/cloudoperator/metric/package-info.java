/**
 * What is counted, and what is said of it: each count is one declaration, over which tallies, sums,
 * trends, reports, flags and the OpenAPI schema iterate. Imports {@code java.*} alone.
 */
@NullMarked
package io.cloudoperator.metric;

import org.jspecify.annotations.NullMarked;
