/** Load balancers and their listeners, of Elastic Load Balancing. */
@NullMarked
package io.cloudoperator.service.elb;

import org.jspecify.annotations.NullMarked;
