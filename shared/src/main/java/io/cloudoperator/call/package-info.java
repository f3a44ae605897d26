/**
 * What a call to AWS was, and what came of reading something: complete, or unread and why. Imports
 * {@code java.*} alone.
 */
@NullMarked
package io.cloudoperator.call;

import org.jspecify.annotations.NullMarked;
