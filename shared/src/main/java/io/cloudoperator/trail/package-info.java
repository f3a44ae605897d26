/** What we say that we did in a customer's account, against what AWS recorded there. */
@NullMarked
package io.cloudoperator.trail;

import org.jspecify.annotations.NullMarked;
