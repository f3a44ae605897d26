/** What happened to connections, told to EventBridge. */
@NullMarked
package io.cloudoperator.events;

import org.jspecify.annotations.NullMarked;
