/** What a person sees in the terminal. */
@NullMarked
package io.cloudoperator.local.console;

import org.jspecify.annotations.NullMarked;
