package io.cloudoperator.sample.wire;

/** Which regions there are, and which an account has enabled. */
public interface RegionAccess {

  boolean exists(String region);

  /** A region that is not opted in does not know the account's credentials. */
  boolean enabled(String accountId, String region);
}
