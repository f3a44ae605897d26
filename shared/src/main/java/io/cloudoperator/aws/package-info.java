/**
 * The only door to a customer's account: declared read operations over the SDK's own pipeline,
 * signed, paced and written to the call ledger, and streaming readers of what they answer. Imports
 * {@code call}, {@code connection} and the AWS SDK; no scanned service is known here.
 */
@NullMarked
package io.cloudoperator.aws;

import org.jspecify.annotations.NullMarked;
