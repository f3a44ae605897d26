/** Amazon CloudFront: ListDistributions. */
@NullMarked
package io.cloudoperator.sample.cloudfront;

import org.jspecify.annotations.NullMarked;
