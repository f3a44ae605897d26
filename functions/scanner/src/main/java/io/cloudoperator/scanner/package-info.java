/** The three steps of a scan, as the state machine calls them: plan, scan regions, conclude. */
@NullMarked
package io.cloudoperator.scanner;

import org.jspecify.annotations.NullMarked;
