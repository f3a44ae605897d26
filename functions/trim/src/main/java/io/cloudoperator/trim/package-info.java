/** Follows the stream of the scans table and keeps the newest snapshots of each connection. */
@NullMarked
package io.cloudoperator.trim;

import org.jspecify.annotations.NullMarked;
