/**
 * The call ledger held against what CloudTrail recorded in the customer's account. Imports {@code
 * scan}, {@code call} and {@code json}.
 */
@NullMarked
package io.cloudoperator.reconcile;

import org.jspecify.annotations.NullMarked;
