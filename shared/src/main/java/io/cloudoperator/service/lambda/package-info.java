/** Function URLs, of AWS Lambda. */
@NullMarked
package io.cloudoperator.service.lambda;

import org.jspecify.annotations.NullMarked;
