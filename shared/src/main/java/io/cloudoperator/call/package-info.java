/**
 * Calls to AWS as the ledger records them, and the results of reading: complete, or unread with a
 * reason. Imports {@code java.*} alone.
 */
@NullMarked
package io.cloudoperator.call;

import org.jspecify.annotations.NullMarked;
