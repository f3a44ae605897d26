/**
 * The scanned AWS services: what is read of each in its own package, and the registry from which
 * the manifest of read operations derives. Imports {@code aws}, {@code policy}, {@code inventory},
 * {@code scan}; no service imports another.
 */
@NullMarked
package io.cloudoperator.service;

import org.jspecify.annotations.NullMarked;
