package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.service.RegionalCount;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The read operations of EC2. */
public final class Ec2Operations {
  // More than fit into the largest answer that is read, at their shortest.
  static final int MOST_INSTANCES_OF_A_PAGE = 50_000;

  // AWS has about forty.
  static final int MOST_REGIONS = 1000;

  /**
   * The regions that the account has enabled.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html">DescribeRegions</a>
   */
  public static final ReadOperation<List<RegionName>> DESCRIBE_ENABLED_REGIONS =
      describeRegions(Map.of());

  /**
   * The regions of the partition. It is asked as well, and not alone: what is enabled is what
   * DescribeRegions answers without being told to answer more.
   */
  public static final ReadOperation<List<RegionName>> DESCRIBE_ALL_REGIONS =
      describeRegions(Map.of("AllRegions", "true"));

  /**
   * 1,000 is the largest page, and a page size is what opens the larger of EC2's quotas.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
   */
  public static final ReadOperation<List<InstanceFacts>> DESCRIBE_INSTANCES =
      new ReadOperation<>(
          AwsService.EC2,
          "DescribeInstances",
          "ec2:DescribeInstances",
          Tier.MINIMAL,
          "Counts the instances of each region; no name, id, tag, address or key is kept.",
          Map.of("MaxResults", "1000"),
          Optional.of("NextToken"),
          Ec2Operations::instances);

  /** Counts a region's instances, page by page: none is kept. */
  public static final RegionalCount INSTANCES =
      new RegionalCount(InstanceFacts.COUNTED, DESCRIBE_INSTANCES, Ec2Operations::count);

  private Ec2Operations() {}

  private static Counts count(AwsClient ec2, Instant now) {
    return ec2.readAll(
            DESCRIBE_INSTANCES,
            InstanceFacts.COUNTED.tally(now),
            (tally, page) -> {
              page.forEach(tally::add);
              return tally;
            })
        .counts();
  }

  private static ReadOperation<List<RegionName>> describeRegions(Map<String, String> parameters) {
    return new ReadOperation<>(
        AwsService.EC2,
        "DescribeRegions",
        "ec2:DescribeRegions",
        Tier.MINIMAL,
        "Tells which regions the account has enabled, so that none is left out.",
        parameters,
        Optional.empty(),
        Ec2Operations::regions);
  }

  private static Page<List<RegionName>> regions(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "DescribeRegionsResponse");
    List<RegionName> regions = new ArrayList<>();
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("regionInfo")) {
        for (int items = xml.enter(); xml.next(items); ) {
          regions.add(region(xml));
          atMost(MOST_REGIONS, regions);
        }
      }
    }
    if (regions.isEmpty()) {
      throw new UnreadableResponseException("the answer lists no regions");
    }
    return new Page<>(List.copyOf(regions), Optional.empty());
  }

  private static RegionName region(XmlReader xml) throws IOException {
    String name = "";
    for (int item = xml.enter(); xml.next(item); ) {
      if (xml.name().equals("regionName")) {
        name = xml.text();
      }
    }
    return new RegionName(name);
  }

  private static Page<List<InstanceFacts>> instances(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "DescribeInstancesResponse");
    InstanceReader reader = new InstanceReader();
    List<InstanceFacts> instances = new ArrayList<>();
    boolean listed = false;
    String token = "";
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "reservationSet" -> {
          listed = true;
          for (int reservations = xml.enter(); xml.next(reservations); ) {
            for (int reservation = xml.enter(); xml.next(reservation); ) {
              if (xml.name().equals("instancesSet")) {
                for (int items = xml.enter(); xml.next(items); ) {
                  instances.add(reader.read(xml));
                  atMost(MOST_INSTANCES_OF_A_PAGE, instances);
                }
              }
            }
          }
        }
        case "nextToken" -> token = xml.text();
        default -> {}
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no reservations");
    }
    return new Page<>(instances, Optional.of(token).filter(next -> !next.isEmpty()));
  }

  private static void atMost(int most, List<?> read) throws UnreadableResponseException {
    if (read.size() > most) {
      throw new UnreadableResponseException("lists more than " + most);
    }
  }
}
