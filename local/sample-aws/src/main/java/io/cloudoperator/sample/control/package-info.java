/** What a test steers and reads: faults, latency, and the log of requests. */
@NullMarked
package io.cloudoperator.sample.control;

import org.jspecify.annotations.NullMarked;
