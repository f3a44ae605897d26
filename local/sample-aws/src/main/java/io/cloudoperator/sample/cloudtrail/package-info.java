/** CloudTrail: DescribeTrails, GetTrailStatus and LookupEvents. */
@NullMarked
package io.cloudoperator.sample.cloudtrail;

import org.jspecify.annotations.NullMarked;
