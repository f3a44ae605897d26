/** The AWS SDK as the referee of the sample. */
@NullMarked
package io.cloudoperator.sample;

import org.jspecify.annotations.NullMarked;
