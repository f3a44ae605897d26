/**
 * The JSON form of domain values. Imports the domain, {@code service} for the kinds of APIs, and
 * Jackson.
 */
@NullMarked
package io.cloudoperator.json;

import org.jspecify.annotations.NullMarked;
