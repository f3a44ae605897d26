/** Refusals of HTTP requests as RFC 9457 problems. Imports {@code java.*} alone. */
@NullMarked
package io.cloudoperator.http;

import org.jspecify.annotations.NullMarked;
