/** Tests by templates of a few lines. */
@NullMarked
package io.cloudoperator.cloudformation;

import org.jspecify.annotations.NullMarked;
