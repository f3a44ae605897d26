package io.cloudoperator.scan;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.scan.RiskFlag.Kind;
import io.cloudoperator.scan.RiskFlag.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What an account's owner should look at, from the regions that were read. A region that was not
 * read is not among them, and so can neither raise a flag nor calm one.
 */
public final class RiskFlags {
  /** A region with this many instances or fewer, and at least one, holds a handful. */
  public static final long HANDFUL = 3;

  private static final List<Rule> RULES =
      List.of(
          // Severity of EC2.8 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8
          // Remedy:
          // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
          // and
          // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
          new Rule(
              Kind.IMDSV1_ALLOWED,
              Severity.HIGH,
              InstanceCounts::imdsV1Allowed,
              new Wording("answers", "answer", "metadata requests without a token (IMDSv1)"),
              "Whoever can make an application fetch a URL of their choice (server-side request"
                  + " forgery) can read the credentials of the instance's role from an IMDSv1"
                  + " endpoint. IMDSv2 asks for a session token first, which such a request"
                  + " cannot get.",
              "Check that the CloudWatch metric MetadataNoToken stays at 0, then require tokens:"
                  + " aws ec2 modify-instance-metadata-options --http-tokens required. Make it the"
                  + " default for new instances of each region: aws ec2"
                  + " modify-instance-metadata-defaults --http-tokens required."),
          // Severity of EC2.9 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9
          // Remedy:
          // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
          new Rule(
              Kind.PUBLIC_IPV4,
              Severity.HIGH,
              InstanceCounts::publicIpv4,
              new Wording("has", "have", "a public IPv4 address"),
              "Each one can be reached from the internet as far as its security groups allow, and"
                  + " is found by scanners within minutes. AWS also bills every public IPv4"
                  + " address by the hour.",
              "Put instances in private subnets behind a load balancer, reach them for"
                  + " administration by Session Manager or EC2 Instance Connect Endpoint, let them"
                  + " out through a NAT gateway, and turn off auto-assigned public addresses on"
                  + " the subnets."),
          // Where the wizard's groups come from:
          // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-instance-wizard.html
          // What is wrong with an open port 22: EC2.13 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13
          new Rule(
              Kind.LAUNCH_WIZARD_GROUP,
              Severity.MEDIUM,
              InstanceCounts::launchWizardGroup,
              new Wording("is", "are", "in a security group that the launch wizard made"),
              "The console's wizard offers SSH or RDP from anywhere (0.0.0.0/0) in the groups that"
                  + " it makes, and nobody owns them afterwards. The rules themselves were not"
                  + " read: this shows where to look first.",
              "Look at the inbound rules of the launch-wizard groups, close ports 22 and 3389 to"
                  + " 0.0.0.0/0 and ::/0, and replace the groups by ones that are made for their"
                  + " purpose and kept in code."),
          // Severity and the 30 days of EC2.4 in
          // https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-4
          new Rule(
              Kind.STOPPED_OVER_30_DAYS,
              Severity.MEDIUM,
              InstanceCounts::stoppedOver30Days,
              new Wording("has", "have", "been stopped for more than 30 days"),
              "It has missed every patch since, so starting it brings back old weaknesses; its"
                  + " volumes and Elastic IP addresses are billed all the while.",
              "Take an image or a snapshot if it may be needed again, then terminate it. Before"
                  + " one is started again, start it isolated and patch it first."),
          // https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
          // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/update-management.html
          new Rule(
              Kind.RUNNING_OVER_ONE_YEAR,
              Severity.MEDIUM,
              InstanceCounts::runningOverOneYear,
              new Wording("has", "have", "been running for more than a year without a stop"),
              "A kernel is patched by a restart, so it most likely runs one with known"
                  + " weaknesses; and nobody knows any more whether it can be built again.",
              "Replace it from a current image, or patch and reboot it with Systems Manager Patch"
                  + " Manager in a maintenance window. A reboot from inside does not reset the"
                  + " launch time that EC2 reports, so look at the machine's own uptime before"
                  + " you judge."),
          // https://docs.aws.amazon.com/config/latest/developerguide/ec2-instance-profile-attached.html
          // https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
          new Rule(
              Kind.NO_INSTANCE_PROFILE,
              Severity.LOW,
              InstanceCounts::noInstanceProfile,
              new Wording("has", "have", "no instance profile"),
              "If it calls AWS at all, it does so with long-lived access keys on its disk, which"
                  + " leak with the disk and do not expire. Without a role Systems Manager cannot"
                  + " patch it either, unless Default Host Management Configuration is on.",
              "Attach an instance profile with the least permissions that the workload needs, then"
                  + " delete its access keys. AmazonSSMManagedInstanceCore is enough for patching"
                  + " and Session Manager."),
          // https://aws.amazon.com/ec2/previous-generation/
          new Rule(
              Kind.PREVIOUS_GENERATION,
              Severity.LOW,
              InstanceCounts::previousGeneration,
              new Wording("is", "are", "of a previous-generation type"),
              "AWS recommends current types: they do the same work for less, and most older ones lack"
                  + " the Nitro System, which gives AWS's own operators no way into an instance.",
              "Move to a current type of the same family, as AWS Compute Optimizer suggests:"
                  + " install the ENA and NVMe drivers, stop the instance, change its type, and"
                  + " start it."));

  private RiskFlags() {}

  /**
   * The flags, the most severe first; what is not there has no flag.
   *
   * @param read the regions that were read to the end
   */
  public static List<RiskFlag> of(SortedMap<RegionName, InstanceCounts> read) {
    List<RiskFlag> flags = new ArrayList<>();
    long live = read.values().stream().mapToLong(InstanceCounts::live).sum();
    for (Rule rule : RULES) {
      rule.flag(read, live).ifPresent(flags::add);
    }
    sparseRegions(read).ifPresent(flags::add);
    flags.sort(RiskFlag.MOST_SEVERE_FIRST);
    return List.copyOf(flags);
  }

  // Attackers like regions at which nobody looks; AWS advises to deny the ones that are not used:
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
  // and to have GuardDuty on in them all the same:
  // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_regions.html
  private static Optional<RiskFlag> sparseRegions(SortedMap<RegionName, InstanceCounts> read) {
    SortedMap<RegionName, Long> inUse = new TreeMap<>();
    read.forEach((region, counts) -> {
      if (counts.live() > 0) {
        inUse.put(region, counts.live());
      }
    });
    if (inUse.size() < 2) {
      // All that a small account has stands where it should.
      return Optional.empty();
    }
    SortedMap<RegionName, Long> sparse = new TreeMap<>(inUse);
    sparse.values().removeIf(count -> count > HANDFUL);
    if (sparse.isEmpty()) {
      return Optional.empty();
    }
    long count = sparse.values().stream().mapToLong(Long::longValue).sum();
    return Optional.of(
        new RiskFlag(
            Kind.SPARSE_REGIONS,
            Severity.LOW,
            count,
            mostFirst(sparse),
            "%s %s no more than %s instances each"
                .formatted(
                    EnglishCounts.count(sparse.size(), "region"),
                    sparse.size() == 1 ? "has" : "have",
                    HANDFUL),
            "A few instances away from the rest are often forgotten, or not yours: whoever steals"
                + " credentials starts miners where nobody looks.",
            "Find out who started them. Terminate what nobody needs, keep GuardDuty on in every"
                + " region, and deny the regions that you do not use by a service control policy"
                + " on aws:RequestedRegion."));
  }

  private static List<RegionName> mostFirst(SortedMap<RegionName, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<RegionName, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What is said of one instance, and of many. */
  private record Wording(String one, String many, String rest) {}

  private record Rule(
      Kind kind,
      Severity severity,
      ToLongFunction<InstanceCounts> counted,
      Wording wording,
      String why,
      String remedy) {
    Optional<RiskFlag> flag(SortedMap<RegionName, InstanceCounts> read, long live) {
      SortedMap<RegionName, Long> where = new TreeMap<>();
      read.forEach((region, counts) -> {
        long count = counted.applyAsLong(counts);
        if (count > 0) {
          where.put(region, count);
        }
      });
      long count = where.values().stream().mapToLong(Long::longValue).sum();
      if (count == 0) {
        return Optional.empty();
      }
      String title =
          "%s of %s %s %s"
              .formatted(
                  EnglishCounts.number(count),
                  EnglishCounts.count(live, "instance"),
                  count == 1 ? wording.one() : wording.many(),
                  wording.rest());
      return Optional.of(new RiskFlag(kind, severity, count, mostFirst(where), title, why, remedy));
    }
  }
}
