/**
 * AWS Key Management Service: data keys and decryption with an encryption context, and signatures.
 */
@NullMarked
package io.cloudoperator.sample.kms;

import org.jspecify.annotations.NullMarked;
