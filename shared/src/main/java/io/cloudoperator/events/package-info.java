/**
 * Connection events on Amazon EventBridge. Imports {@code connection}, {@code json} and the error
 * codes of {@code aws}.
 */
@NullMarked
package io.cloudoperator.events;

import org.jspecify.annotations.NullMarked;
