package io.cloudoperator.inventory;

/**
 * Which other origins' pages may call an API.
 *
 * @param anyOrigin whether all may: {@code *}, or any of a scheme
 * @param credentials whether with cookies and authorization headers
 */
public record Cors(boolean anyOrigin, boolean credentials) {}
