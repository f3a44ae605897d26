package io.cloudoperator.sample.kms;

import java.util.UUID;

/** A key with its four names. */
public sealed interface Key permits KmsKey, SigningKey {

  String arn();

  /** Such as {@code alias/cloudoperator}. */
  String alias();

  /** What {@link #of} makes the key from again. */
  byte[] material();

  /** The key of that material: 32 bytes are a symmetric one's, more a signing one's. */
  static Key of(String arn, String alias, byte[] material) {
    return material.length == KmsKey.BYTES
        ? new KmsKey(arn, alias, material)
        : SigningKey.of(arn, alias, material);
  }

  static String newArn(String accountId, String region) {
    return "arn:aws:kms:%s:%s:key/%s".formatted(region, accountId, UUID.randomUUID());
  }

  default String id() {
    return arn().substring(arn().lastIndexOf('/') + 1);
  }

  default String region() {
    return arn().split(":", 6)[3];
  }

  default String accountId() {
    return arn().split(":", 6)[4];
  }

  default String aliasArn() {
    return "arn:aws:kms:%s:%s:%s".formatted(region(), accountId(), alias());
  }
}
