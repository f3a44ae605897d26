/** API Gateway on a laptop: an HTTP API in front of functions, with tokens of its own. */
@NullMarked
package io.cloudoperator.platform.gateway;

import org.jspecify.annotations.NullMarked;
