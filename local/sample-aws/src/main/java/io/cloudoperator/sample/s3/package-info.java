/** Amazon S3: ListBuckets. */
@NullMarked
package io.cloudoperator.sample.s3;

import org.jspecify.annotations.NullMarked;
