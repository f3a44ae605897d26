/** The sample AWS in a JVM of its own, and who reads it. */
@NullMarked
package io.cloudoperator.bench.customer;

import org.jspecify.annotations.NullMarked;
