/** Amazon API Gateway: REST APIs (v1), HTTP and WebSocket APIs (v2), domains, links and keys. */
@NullMarked
package io.cloudoperator.sample.apigateway;

import org.jspecify.annotations.NullMarked;
