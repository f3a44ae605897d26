package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.connection.RegionName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the regions of a partition.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html">DescribeRegions</a>
 */
public final class RegionReader {
  // AWS has about forty.
  private static final int MOST_REGIONS = 1000;

  /** The regions that the account has enabled. */
  public static final ReadOperation<List<RegionName>> DESCRIBE_ENABLED_REGIONS =
      describeRegions().whole(RegionReader::regions);

  /**
   * The regions of the partition. It is asked as well, and not alone: what is enabled is what
   * DescribeRegions answers without being told to answer more.
   */
  public static final ReadOperation<List<RegionName>> DESCRIBE_ALL_REGIONS =
      describeRegions().parameter("AllRegions", "true").whole(RegionReader::regions);

  private RegionReader() {}

  private static Declaration describeRegions() {
    return ReadOperation.minimal(
        Ec2.SERVICE,
        "DescribeRegions",
        "Tells which regions the account has enabled, so that none is left out.");
  }

  private static List<RegionName> regions(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "DescribeRegionsResponse");
    List<RegionName> regions = new ArrayList<>();
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("regionInfo")) {
        for (int items = xml.enter(); xml.next(items); ) {
          regions.add(new RegionName(xml.text("regionName")));
          if (regions.size() > MOST_REGIONS) {
            throw new UnreadableResponseException("lists more than " + MOST_REGIONS);
          }
        }
      }
    }
    if (regions.isEmpty()) {
      throw new UnreadableResponseException("the answer lists no regions");
    }
    return List.copyOf(regions);
  }
}
