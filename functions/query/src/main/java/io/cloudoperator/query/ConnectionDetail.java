package io.cloudoperator.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloudoperator.runtime.view.ConnectionView;
import io.cloudoperator.scan.ScanId;
import java.util.Optional;

/**
 * One connection with what is known of its account.
 *
 * @param runningScan the scan under way
 * @param latest the newest result that is kept
 */
record ConnectionDetail(
    @JsonUnwrapped ConnectionView connection,
    Optional<ScanId> runningScan,
    Optional<SnapshotSummary> latest) {}
