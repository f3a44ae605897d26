/** DynamoDB on a laptop: DynamoDB Local with the template's tables, expiry and streams. */
@NullMarked
package io.cloudoperator.platform.dynamodb;

import org.jspecify.annotations.NullMarked;
