/** Starting scans on the deployed tables. */
@NullMarked
package io.cloudoperator.dispatch;

import org.jspecify.annotations.NullMarked;
