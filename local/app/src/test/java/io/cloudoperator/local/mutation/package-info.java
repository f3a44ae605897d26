/** Takes away, one after the other, what keeps the claims, and demands that their tests fail. */
@NullMarked
package io.cloudoperator.local.mutation;

import org.jspecify.annotations.NullMarked;
