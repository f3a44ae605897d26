/** CloudTrail: DescribeTrails and GetTrailStatus. */
@NullMarked
package io.cloudoperator.sample.cloudtrail;

import org.jspecify.annotations.NullMarked;
