/** The life of a connection over HTTP: created, proven, scheduled, disconnected, purged. */
@NullMarked
package io.cloudoperator.connect;

import org.jspecify.annotations.NullMarked;
