/**
 * A machine of one processor whose threads, clock and randomness follow from a seed, and what puts
 * a program on it. Imports {@code java.*} alone.
 */
@NullMarked
package io.cloudoperator.local.simulation.machine;

import org.jspecify.annotations.NullMarked;
