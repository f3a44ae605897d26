/** What the parts of the platform share. */
@NullMarked
package io.cloudoperator.platform;

import org.jspecify.annotations.NullMarked;
