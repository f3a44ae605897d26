package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.query.report.SnapshotSummary;
import io.cloudoperator.runtime.view.ConnectionView;
import io.cloudoperator.scan.ScanId;
import java.util.Optional;

/**
 * One connection with what is known of its account.
 *
 * @param runningScan the scan under way
 * @param latest the newest result that is kept
 * @param unreadable how many results are kept and cannot be read; absent if there is none
 */
record ConnectionDetail(
    @JsonUnwrapped ConnectionView connection,
    Optional<ScanId> runningScan,
    Optional<SnapshotSummary> latest,
    Optional<Integer> unreadable) {}
