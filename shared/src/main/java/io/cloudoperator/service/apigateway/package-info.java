/** REST, HTTP and WebSocket APIs, custom domains and VPC links, of Amazon API Gateway. */
@NullMarked
package io.cloudoperator.service.apigateway;

import org.jspecify.annotations.NullMarked;
