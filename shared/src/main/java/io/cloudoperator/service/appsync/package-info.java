/** GraphQL APIs and Event APIs, of AWS AppSync. */
@NullMarked
package io.cloudoperator.service.appsync;

import org.jspecify.annotations.NullMarked;
