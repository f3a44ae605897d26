/** Starts scans: when somebody asks, and when a schedule is due. */
@NullMarked
package io.cloudoperator.dispatch;

import org.jspecify.annotations.NullMarked;
