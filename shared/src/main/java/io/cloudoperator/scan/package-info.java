/**
 * Runs, plans, ledgers and snapshots of scans, and what is concluded from them: coverage, risk
 * flags, insights, trends. Imports {@code call}, {@code connection} and {@code metric}.
 */
@NullMarked
package io.cloudoperator.scan;

import org.jspecify.annotations.NullMarked;
