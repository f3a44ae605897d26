package io.cloudoperator.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * Data that a deletion leaves for now.
 *
 * @param what in words, such as {@code logs}
 * @param until when it is gone; empty where that is not a matter of time alone
 * @param how it is deleted then
 */
public record Remainder(String what, Optional<Instant> until, String how) {}
