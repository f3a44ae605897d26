/**
 * Comparison of the call ledger with CloudTrail's events. Imports {@code scan}, {@code call},
 * {@code connection}, {@code json}, {@code policy} and of {@code aws} the partitions.
 */
@NullMarked
package io.cloudoperator.reconcile;

import org.jspecify.annotations.NullMarked;
