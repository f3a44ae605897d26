package io.cloudoperator.connection;

/**
 * A role reference as it is stored: encrypted under a data key of its own. All parts are base64.
 *
 * @param encryptedDataKey the data key, encrypted by KMS
 * @param nonce of AES-GCM, 96 bits, used once
 * @param ciphertext the reference and AES-GCM's tag of 128 bits
 */
public record SealedReference(String encryptedDataKey, String nonce, String ciphertext) {}
