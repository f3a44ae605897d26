/**
 * Signed receipts of deletions, and their verification. Imports {@code connection}, {@code json}
 * and the KMS client.
 */
@NullMarked
package io.cloudoperator.receipt;

import org.jspecify.annotations.NullMarked;
