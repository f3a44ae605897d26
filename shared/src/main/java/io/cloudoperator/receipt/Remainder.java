package io.cloudoperator.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * Data that a deletion leaves.
 *
 * @param what in words, such as {@code logs of functions}
 * @param where it lies, and in whose account; empty in receipts of before there was this
 * @param until when it is gone; empty where that is not a matter of time alone
 * @param how what is in it, and how it goes
 */
public record Remainder(String what, Optional<String> where, Optional<Instant> until, String how) {}
