/** Reader and writer of IAM policy documents. Imports {@code aws} for its JSON reader. */
@NullMarked
package io.cloudoperator.policy;

import org.jspecify.annotations.NullMarked;
