/** Distributions, of Amazon CloudFront. */
@NullMarked
package io.cloudoperator.service.cloudfront;

import org.jspecify.annotations.NullMarked;
