package io.cloudoperator.aws;

import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsCnPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsEuscPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoBPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoEPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoFPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsIsoPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsPartitionMetadata;
import software.amazon.awssdk.regions.partitionmetadata.AwsUsGovPartitionMetadata;

/**
 * What the AWS SDK's region metadata knows of partitions: their regions, DNS suffixes and services
 * without regions. A region that the SDK does not know belongs to the partition whose form its name
 * has, and to {@code aws} if none has.
 */
public final class Partitions {
  private static final String IAM = "iam";

  // Every partition of the SDK. PartitionMetadata.of would load what it knows of its services
  // besides: some 400 classes before a first answer.
  private static final List<PartitionMetadata> PARTITIONS =
      List.of(
          new AwsPartitionMetadata(),
          new AwsCnPartitionMetadata(),
          new AwsEuscPartitionMetadata(),
          new AwsIsoPartitionMetadata(),
          new AwsIsoBPartitionMetadata(),
          new AwsIsoEPartitionMetadata(),
          new AwsIsoFPartitionMetadata(),
          new AwsUsGovPartitionMetadata());

  // The SDK does not know where consoles are.
  // https://docs.aws.amazon.com/general/latest/gr/rande.html
  // https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html
  private static final Map<Partition, String> CONSOLES =
      Map.of(
          new Partition("aws"), "console.aws.amazon.com",
          new Partition("aws-cn"), "console.amazonaws.cn",
          new Partition("aws-us-gov"), "console.amazonaws-us-gov.com",
          new Partition("aws-eusc"), "console.amazonaws-eusc.eu");

  private Partitions() {}

  /** The partition that a region is in. */
  public static Partition of(RegionName region) {
    return new Partition(metadata(region).id());
  }

  /** Every partition that the SDK has regions of, by its id. */
  public static List<Partition> all() {
    return Region.regions().stream()
        .filter(region -> !region.isGlobalRegion())
        .map(region -> of(new RegionName(region.id())))
        .distinct()
        .sorted(Comparator.comparing(Partition::id))
        .toList();
  }

  /**
   * The regions of a partition: first the one that IAM is in, then by name.
   *
   * @return empty if the SDK does not know the partition
   */
  public static List<RegionName> regions(Partition partition) {
    Optional<RegionName> first = global(IAM, partition).map(Global::signed);
    return Region.regions().stream()
        .filter(region -> !region.isGlobalRegion())
        .map(region -> new RegionName(region.id()))
        .filter(region -> of(region).equals(partition))
        .sorted(
            Comparator.comparing((RegionName region) -> !first.equals(Optional.of(region)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** What the names of a region's endpoints end in, such as {@code amazonaws.com}. */
  public static String dnsSuffix(RegionName region) {
    return metadata(region).dnsSuffix();
  }

  /** The host of the AWS Management Console in a region; empty where it is not public. */
  public static Optional<String> consoleHost(RegionName region) {
    return Optional.ofNullable(CONSOLES.get(of(region))).map(host -> region + "." + host);
  }

  /**
   * The region in which CloudTrail records a call.
   *
   * @param service as the SDK names it
   * @param asked a region, or the SDK's name for a service without regions, such as {@code
   *     aws-global}
   */
  public static String recordedIn(String service, String asked) {
    return Region.regions().stream()
        .filter(region -> region.isGlobalRegion() && region.id().equals(asked))
        .findFirst()
        .map(region -> ServiceMetadata.of(service).signingRegion(region).id())
        .orElse(asked);
  }

  /**
   * A service's endpoint for a whole partition.
   *
   * @param endpoint as the SDK names it, such as {@code aws-global}
   * @param signed the region that requests are signed for
   */
  record Global(Region endpoint, RegionName signed) {}

  /** Empty if the service has regions in this partition, or is not there. */
  static Optional<Global> global(String service, Partition partition) {
    ServiceMetadata metadata = ServiceMetadata.of(service);
    return metadata.servicePartitions().stream()
        .filter(each -> each.partition().id().equals(partition.id()))
        .flatMap(each -> each.globalRegion().stream())
        .findFirst()
        .map(region -> new Global(region, new RegionName(metadata.signingRegion(region).id())));
  }

  private static PartitionMetadata metadata(RegionName region) {
    return PARTITIONS.stream()
        .filter(partition -> region.value().matches(partition.regionRegex()))
        .findFirst()
        .orElse(PARTITIONS.getFirst());
  }
}
