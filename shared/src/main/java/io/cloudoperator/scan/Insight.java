package io.cloudoperator.scan;

/**
 * An observation about the account that is not a risk.
 *
 * @param code stable, such as {@code largest_region}
 * @param text one sentence for people
 */
public record Insight(String code, String text) {}
