/**
 * The whole product on a simulated machine: its handlers and its state machine over tables, a
 * stream and a sample AWS in memory, with everything that can fail failing as a seed says.
 * docs/decisions/048-simulation.md
 */
@NullMarked
package io.cloudoperator.local.simulation;

import org.jspecify.annotations.NullMarked;
