/** A client of the HTTP API, as anybody could write one. */
@NullMarked
package io.cloudoperator.local.client;

import org.jspecify.annotations.NullMarked;
