package io.cloudoperator.scan;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;

/** Where a scan belongs; all that a state machine's payload says of it. */
public record ScanKey(TenantId tenant, ConnectionId connection, ScanId scan) {}
