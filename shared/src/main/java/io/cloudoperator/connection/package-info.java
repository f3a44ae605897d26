/**
 * Tenants, connections, role references, regions and partitions, and the proof of a role. Imports
 * {@code java.*} alone.
 */
@NullMarked
package io.cloudoperator.connection;

import org.jspecify.annotations.NullMarked;
