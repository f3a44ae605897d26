package io.cloudoperator.scan;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;

/** The tenant, connection and id of a scan, as the state machine's payload names it. */
public record ScanKey(TenantId tenant, ConnectionId connection, ScanId scan) {}
