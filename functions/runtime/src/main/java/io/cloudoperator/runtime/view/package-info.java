/** The forms in which more than one function answers. */
@NullMarked
package io.cloudoperator.runtime.view;

import org.jspecify.annotations.NullMarked;
