package io.cloudoperator.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that a deletion leaves for now.
 *
 * @param what in words, such as {@code logs}
 * @param until when it is gone; empty where that is not a matter of time alone
 * @param how it goes
 */
public record Remainder(String what, Optional<Instant> until, String how) {}
