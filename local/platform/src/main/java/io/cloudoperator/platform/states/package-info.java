/**
 * Runs Express state machines: the node of Amazon States Language that they need, and nothing
 * silently left out.
 */
@NullMarked
package io.cloudoperator.platform.states;

import org.jspecify.annotations.NullMarked;
