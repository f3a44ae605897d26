/**
 * The only way into a customer's account: declared read operations, over a client that can make no
 * other.
 */
@NullMarked
package io.cloudoperator.access;

import org.jspecify.annotations.NullMarked;
