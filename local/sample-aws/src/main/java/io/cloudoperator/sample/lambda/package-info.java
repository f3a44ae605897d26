/** AWS Lambda: ListFunctions and ListFunctionUrlConfigs. */
@NullMarked
package io.cloudoperator.sample.lambda;

import org.jspecify.annotations.NullMarked;
