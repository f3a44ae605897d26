package io.cloudoperator.sample.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is true of one instance; what EC2 answers is written from this.
 *
 * @param index its place in the region, and in the order of answers
 * @param stoppedAt when a stopped or terminated instance was stopped or terminated
 * @param architecture {@code x86_64} or {@code arm64}
 * @param platform the platform details, such as {@code Linux/UNIX}
 * @param tenancy {@code default}, {@code dedicated} or {@code host}
 * @param metadataEnabled whether the metadata service can be reached at all
 * @param tokensRequired whether only IMDSv2 is answered
 * @param instanceProfile the name of the profile
 * @param securityGroups their names
 * @param fingerprint a number from which addresses and ids of what it is made of follow
 */
public record SampleInstance(
    String region,
    int index,
    String id,
    String reservationId,
    State state,
    Instant launchTime,
    Optional<Instant> stoppedAt,
    String type,
    String architecture,
    String platform,
    String tenancy,
    String zone,
    boolean metadataEnabled,
    boolean tokensRequired,
    Optional<String> publicIp,
    Optional<String> instanceProfile,
    List<String> securityGroups,
    boolean spot,
    long fingerprint) {

  /** The states of an instance, with the codes of EC2. */
  public enum State {
    PENDING(0, "pending"),
    RUNNING(16, "running"),
    SHUTTING_DOWN(32, "shutting-down"),
    TERMINATED(48, "terminated"),
    STOPPING(64, "stopping"),
    STOPPED(80, "stopped");

    private final int code;
    private final String wireName;

    State(int code, String wireName) {
      this.code = code;
      this.wireName = wireName;
    }

    public int code() {
      return code;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Whether the metadata service answers requests without a session token (IMDSv1). */
  public boolean imdsV1Allowed() {
    return metadataEnabled && !tokensRequired;
  }
}
