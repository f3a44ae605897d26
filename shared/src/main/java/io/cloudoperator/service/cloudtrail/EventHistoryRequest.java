package io.cloudoperator.service.cloudtrail;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.Optional;

/**
 * What CloudTrail is asked in one region about a session.
 *
 * @param session as our sessions are named
 * @param assumed the role, if sessions of it began in this region: what began them is asked too
 * @param from of the events
 * @param to of the events
 * @param until when no further page is asked for
 */
public record EventHistoryRequest(
    RegionName region,
    ScanId session,
    Optional<RoleArn> assumed,
    Instant from,
    Instant to,
    Instant until) {}
