package io.cloudoperator.service.ec2;

import io.cloudoperator.metric.Breakdown;
import io.cloudoperator.metric.CountedResource;
import io.cloudoperator.metric.Metric;
import io.cloudoperator.metric.Metric.Flag;
import io.cloudoperator.metric.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked at of one EC2 instance while DescribeInstances streams by, and all that is counted
 * of them. An instance is counted and forgotten: no name, id, tag, address or key is in it.
 *
 * @param state {@code running}, {@code stopped}, …, as AWS says it
 * @param type such as {@code m7g.large}
 * @param architecture such as {@code arm64}; {@code unknown} where AWS does not say
 * @param platform AWS's platform details, such as {@code Linux/UNIX}
 * @param tenancy {@code default}, {@code dedicated} or {@code host}
 * @param imdsV1 whether the metadata service answers and takes requests without a token
 * @param launchedAt when it was last started
 * @param stoppedAt when it was stopped, where the transition reason says it
 */
public record InstanceFacts(
    String state,
    String type,
    String architecture,
    String platform,
    String tenancy,
    boolean imdsV1,
    boolean publicIpv4,
    boolean instanceProfile,
    boolean launchWizardGroup,
    Optional<Instant> launchedAt,
    Optional<Instant> stoppedAt) {
  // AWS bills these no longer, and nobody can act on them.
  private static final Set<String> GONE = Set.of("shutting-down", "terminated");

  private static final String UNKNOWN = "unknown";

  private static final Duration LONG_STOPPED = Duration.ofDays(30);
  private static final Duration LONG_RUNNING = Duration.ofDays(365);

  /**
   * Families that AWS calls previous generation, or has retired.
   *
   * @see <a href="https://aws.amazon.com/ec2/previous-generation/">Previous Generation
   *     Instances</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html">{@code
   *     currentGeneration} of DescribeInstanceTypes</a>, which the minimal tier does not call
   */
  private static final Set<String> PREVIOUS_GENERATION =
      Set.of(
          "a1", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "d2", "g2", "g3", "g3s", "hi1", "hs1",
          "i2", "m1", "m2", "m3", "m4", "p2", "r3", "r4", "t1");

  /**
   * Everything that is counted of instances. A new count is one more line here: its tally, its sums
   * and trends, its flag and its place in every report follow.
   */
  public static final CountedResource<InstanceFacts> COUNTED =
      new CountedResource<>(
          "instances",
          "instance",
          CountedResource.Scope.REGION,
          List.of(
              new Breakdown<>("byState", "state", InstanceFacts::state, GONE, true),
              Breakdown.by("byFamily", "family", InstanceFacts::family),
              Breakdown.by("byArchitecture", "architecture", InstanceFacts::architecture),
              Breakdown.by("byPlatform", "platform", InstanceFacts::platform),
              Breakdown.by("byTenancy", "tenancy", InstanceFacts::tenancy)),
          List.of(
              // Severity of EC2.8 in
              // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8
              // Remedy:
              // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
              // and
              // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
              Metric.flagged(
                  "imdsV1Allowed",
                  "IMDSv1 allowed",
                  InstanceFacts::imdsV1,
                  new Flag(
                      "imdsv1_allowed",
                      Severity.HIGH,
                      "answers",
                      "answer",
                      "metadata requests without a token (IMDSv1)",
                      "Whoever can make an application fetch a URL of their choice (server-side request"
                          + " forgery) can read the credentials of the instance's role from an IMDSv1"
                          + " endpoint. IMDSv2 asks for a session token first, which such a request"
                          + " cannot get.",
                      "Check that the CloudWatch metric MetadataNoToken stays at 0, then require tokens:"
                          + " aws ec2 modify-instance-metadata-options --http-tokens required. Make it the"
                          + " default for new instances of each region: aws ec2"
                          + " modify-instance-metadata-defaults --http-tokens required.")),
              // Severity of EC2.9 in
              // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9
              // Remedy:
              // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
              Metric.flagged(
                  "publicIpv4",
                  "Public IPv4",
                  InstanceFacts::publicIpv4,
                  new Flag(
                      "public_ipv4",
                      Severity.HIGH,
                      "has",
                      "have",
                      "a public IPv4 address",
                      "Each one can be reached from the internet as far as its security groups allow, and"
                          + " is found by scanners within minutes. AWS also bills every public IPv4"
                          + " address by the hour.",
                      "Put instances in private subnets behind a load balancer, reach them for"
                          + " administration by Session Manager or EC2 Instance Connect Endpoint, let them"
                          + " out through a NAT gateway, and turn off auto-assigned public addresses on"
                          + " the subnets.")),
              // Where the wizard's groups come from:
              // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-instance-wizard.html
              // What is wrong with an open port 22: EC2.13 in
              // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13
              Metric.flagged(
                  "launchWizardGroup",
                  "Launch wizard group",
                  InstanceFacts::launchWizardGroup,
                  new Flag(
                      "launch_wizard_group",
                      Severity.MEDIUM,
                      "is",
                      "are",
                      "in a security group that the launch wizard made",
                      "The console's wizard offers SSH or RDP from anywhere (0.0.0.0/0) in the groups that"
                          + " it makes, and nobody owns them afterwards. The rules themselves were not"
                          + " read: this shows where to look first.",
                      "Look at the inbound rules of the launch-wizard groups, close ports 22 and 3389 to"
                          + " 0.0.0.0/0 and ::/0, and replace the groups by ones that are made for their"
                          + " purpose and kept in code.")),
              // https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-profile-attached.html
              // https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
              Metric.flagged(
                  "noInstanceProfile",
                  "No instance profile",
                  instance -> !instance.instanceProfile(),
                  new Flag(
                      "no_instance_profile",
                      Severity.LOW,
                      "has",
                      "have",
                      "no instance profile",
                      "If it calls AWS at all, it does so with long-lived access keys on its disk, which"
                          + " leak with the disk and do not expire. Without a role Systems Manager cannot"
                          + " patch it either, unless Default Host Management Configuration is on.",
                      "Attach an instance profile with the least permissions that the workload needs, then"
                          + " delete its access keys. AmazonSSMManagedInstanceCore is enough for patching"
                          + " and Session Manager.")),
              // https://aws.amazon.com/ec2/previous-generation/
              Metric.flagged(
                  "previousGeneration",
                  "Previous generation",
                  InstanceFacts::previousGeneration,
                  new Flag(
                      "previous_generation",
                      Severity.LOW,
                      "is",
                      "are",
                      "of a previous-generation type",
                      "AWS recommends current types: they do the same work for less, and most older ones lack"
                          + " the Nitro System, which gives AWS's own operators no way into an instance.",
                      "Move to a current type of the same family, as AWS Compute Optimizer suggests:"
                          + " install the ENA and NVMe drivers, stop the instance, change its type, and"
                          + " start it.")),
              // Severity and the 30 days of EC2.4 in
              // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-4
              Metric.flagged(
                  "stoppedOver30Days",
                  "Stopped over 30 days",
                  InstanceFacts::stoppedLong,
                  new Flag(
                      "stopped_over_30_days",
                      Severity.MEDIUM,
                      "has",
                      "have",
                      "been stopped for more than 30 days",
                      "It has missed every patch since, so starting it brings back old weaknesses; its"
                          + " volumes and Elastic IP addresses are billed all the while.",
                      "Take an image or a snapshot if it may be needed again, then terminate it. Before"
                          + " one is started again, start it isolated and patch it first.")),
              // https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
              // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/update-management.html
              Metric.flagged(
                  "runningOverOneYear",
                  "Running over one year",
                  InstanceFacts::runningLong,
                  new Flag(
                      "running_over_one_year",
                      Severity.MEDIUM,
                      "has",
                      "have",
                      "been running for more than a year without a stop",
                      "A kernel is patched by a restart, so it most likely runs one with known"
                          + " weaknesses; and nobody knows any more whether it can be built again.",
                      "Replace it from a current image, or patch and reboot it with Systems Manager Patch"
                          + " Manager in a maintenance window. A reboot from inside does not reset the"
                          + " launch time that EC2 reports, so look at the machine's own uptime before"
                          + " you judge."))));

  /** One of which nothing is known yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Facts as they are read, one after the other. What is not said is unknown, or does not hold. */
  public static final class Builder {
    private String state = UNKNOWN;
    private String type = UNKNOWN;
    private String architecture = UNKNOWN;
    private String platform = UNKNOWN;
    private String tenancy = UNKNOWN;
    private boolean imdsV1;
    private boolean publicIpv4;
    private boolean instanceProfile;
    private boolean launchWizardGroup;
    private Optional<Instant> launchedAt = Optional.empty();
    private Optional<Instant> stoppedAt = Optional.empty();

    private Builder() {}

    public Builder state(String value) {
      state = value.isEmpty() ? UNKNOWN : value;
      return this;
    }

    public Builder type(String value) {
      type = value.isEmpty() ? UNKNOWN : value;
      return this;
    }

    public Builder architecture(String value) {
      architecture = value.isEmpty() ? UNKNOWN : value;
      return this;
    }

    public Builder platform(String value) {
      platform = value.isEmpty() ? UNKNOWN : value;
      return this;
    }

    public Builder tenancy(String value) {
      tenancy = value.isEmpty() ? UNKNOWN : value;
      return this;
    }

    public Builder imdsV1(boolean value) {
      imdsV1 = value;
      return this;
    }

    public Builder publicIpv4(boolean value) {
      publicIpv4 = value;
      return this;
    }

    public Builder instanceProfile(boolean value) {
      instanceProfile = value;
      return this;
    }

    public Builder launchWizardGroup(boolean value) {
      launchWizardGroup = value;
      return this;
    }

    public Builder launchedAt(Optional<Instant> value) {
      launchedAt = value;
      return this;
    }

    public Builder stoppedAt(Optional<Instant> value) {
      stoppedAt = value;
      return this;
    }

    public InstanceFacts build() {
      return new InstanceFacts(
          state,
          type,
          architecture,
          platform,
          tenancy,
          imdsV1,
          publicIpv4,
          instanceProfile,
          launchWizardGroup,
          launchedAt,
          stoppedAt);
    }
  }

  /** The part of its type before the dot, such as {@code m7g}. */
  public String family() {
    int dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  private boolean previousGeneration() {
    return PREVIOUS_GENERATION.contains(family());
  }

  private boolean stoppedLong(Instant now) {
    return state.equals("stopped") && before(stoppedAt, now.minus(LONG_STOPPED));
  }

  private boolean runningLong(Instant now) {
    return state.equals("running") && before(launchedAt, now.minus(LONG_RUNNING));
  }

  private static boolean before(Optional<Instant> time, Instant limit) {
    return time.isPresent() && time.get().isBefore(limit);
  }
}
