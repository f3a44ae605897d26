/** Trails and event history, of AWS CloudTrail. */
@NullMarked
package io.cloudoperator.service.cloudtrail;

import org.jspecify.annotations.NullMarked;
