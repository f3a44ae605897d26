/** Elastic Load Balancing: DescribeLoadBalancers and DescribeListeners. */
@NullMarked
package io.cloudoperator.sample.elb;

import org.jspecify.annotations.NullMarked;
