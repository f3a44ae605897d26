/** Connections and scans in DynamoDB: the only room that knows tables, keys and attributes. */
@NullMarked
package io.cloudoperator.store;

import org.jspecify.annotations.NullMarked;
