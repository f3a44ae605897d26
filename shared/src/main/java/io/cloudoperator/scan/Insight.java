package io.cloudoperator.scan;

/**
 * Something worth knowing that is no risk.
 *
 * @param code stable, such as {@code largest_region}
 * @param text one sentence for people
 */
public record Insight(String code, String text) {}
