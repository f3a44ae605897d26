/** Amazon EC2: DescribeRegions and DescribeInstances. */
@NullMarked
package io.cloudoperator.sample.ec2;

import org.jspecify.annotations.NullMarked;
