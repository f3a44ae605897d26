/** The sample AWS: STS, EC2, S3 and KMS on one loopback port, for any SDK to talk to. */
@NullMarked
package io.cloudoperator.sample;

import org.jspecify.annotations.NullMarked;
