/**
 * DynamoDB in memory: as much of its wire protocol and of its expressions as the product's stores
 * use. Whatever else is asked is refused loudly.
 */
@NullMarked
package io.cloudoperator.local.simulation.dynamodb;

import org.jspecify.annotations.NullMarked;
