package io.cloudoperator.sample;

/** A long-lived key pair, as an SDK's static credentials take it. */
public record AccessKey(String accessKeyId, String secretAccessKey) {

  @Override
  public String toString() {
    return "AccessKey[" + accessKeyId + "]";
  }
}
