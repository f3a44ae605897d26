/** EventBridge, as far as a function publishes to it. */
@NullMarked
package io.cloudoperator.platform.events;

import org.jspecify.annotations.NullMarked;
