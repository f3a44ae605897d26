/**
 * The call ledger held against what CloudTrail recorded in the customer's account. Imports {@code
 * scan}, {@code call}, {@code json} and of {@code aws} the partitions.
 */
@NullMarked
package io.cloudoperator.reconcile;

import org.jspecify.annotations.NullMarked;
