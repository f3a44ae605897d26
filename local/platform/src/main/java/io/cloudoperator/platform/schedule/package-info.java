/** EventBridge on a laptop: fires the template's schedules. */
@NullMarked
package io.cloudoperator.platform.schedule;

import org.jspecify.annotations.NullMarked;
