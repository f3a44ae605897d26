/** Buckets, of Amazon S3. */
@NullMarked
package io.cloudoperator.service.s3;

import org.jspecify.annotations.NullMarked;
