/** Regions and instances, of Amazon EC2. */
@NullMarked
package io.cloudoperator.service.ec2;

import org.jspecify.annotations.NullMarked;
