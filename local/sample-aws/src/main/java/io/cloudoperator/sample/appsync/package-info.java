/** AWS AppSync: ListGraphqlApis and ListApis. */
@NullMarked
package io.cloudoperator.sample.appsync;

import org.jspecify.annotations.NullMarked;
