/**
 * The scan step on the SDK's own clients for EC2 and S3, as anybody would write it first: what
 * table c compares to.
 */
@NullMarked
package io.cloudoperator.bench.cold.plain;

import org.jspecify.annotations.NullMarked;
