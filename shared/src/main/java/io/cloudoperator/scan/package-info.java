/** What a scan reads, counts and concludes. */
@NullMarked
package io.cloudoperator.scan;

import org.jspecify.annotations.NullMarked;
