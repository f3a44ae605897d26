/** Table a: one page of DescribeInstances. */
@NullMarked
package io.cloudoperator.bench.parsing;

import org.jspecify.annotations.NullMarked;
