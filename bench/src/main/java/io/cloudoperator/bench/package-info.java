/**
 * What {@code bench/run} runs: tables that measure CloudOperator side by side with what it is
 * compared to.
 */
@NullMarked
package io.cloudoperator.bench;

import org.jspecify.annotations.NullMarked;
