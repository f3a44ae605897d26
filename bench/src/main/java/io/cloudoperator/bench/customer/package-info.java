/** The sample AWS in a JVM of its own, and who calls it. */
@NullMarked
package io.cloudoperator.bench.customer;

import org.jspecify.annotations.NullMarked;
