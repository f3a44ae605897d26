package io.cloudoperator.connection.planted;

import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.scan.ScanId;

/** Breaks the order of the domain rooms. */
record Backwards(ScanId scan, ApiId api) {}
