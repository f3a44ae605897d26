package io.cloudoperator.access;

import io.cloudoperator.scan.InstanceCounts;
import io.cloudoperator.scan.InstanceTally;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads answers of EC2 and S3 that are written here, as if they had come from a customer's account:
 * what reads the real ones is loaded by it, and compiled if it is done often. There is no client,
 * no request and no credential in it, and the same comes out each time.
 */
public final class Rehearsal {
  private static final String REGIONS =
      """
      <DescribeRegionsResponse><requestId>-</requestId><regionInfo><item>
      <regionName>us-east-1</regionName><regionEndpoint>-</regionEndpoint>
      </item></regionInfo></DescribeRegionsResponse>\
      """;

  private static final String INSTANCES =
      """
      <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>-</requestId><reservationSet><item><groupSet/><instancesSet><item>
      <instanceId>-</instanceId><instanceState><code>80</code><name>stopped</name></instanceState>
      <reason>User initiated (2026-01-01 00:00:00 GMT)</reason><instanceType>m5.large</instanceType>
      <launchTime>2026-01-01T00:00:00.000Z</launchTime>
      <placement><availabilityZone>us-east-1a</availabilityZone><tenancy>default</tenancy></placement>
      <ipAddress>192.0.2.1</ipAddress><architecture>x86_64</architecture>
      <groupSet><item><groupId>-</groupId><groupName>launch-wizard-1</groupName></item></groupSet>
      <iamInstanceProfile><arn>-</arn><id>-</id></iamInstanceProfile>
      <networkInterfaceSet><item><association><publicIp>192.0.2.1</publicIp></association></item>
      </networkInterfaceSet><platformDetails>Linux/UNIX</platformDetails>
      <metadataOptions><httpTokens>optional</httpTokens><httpEndpoint>enabled</httpEndpoint>
      </metadataOptions></item></instancesSet></item></reservationSet></DescribeInstancesResponse>\
      """;

  private static final String BUCKETS =
      """
      <ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket>
      <Name>-</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate>
      <BucketRegion>us-east-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>\
      """;

  private Rehearsal() {}

  /**
   * Reads one of each.
   *
   * @return what is counted of the one instance
   */
  public static InstanceCounts read() throws IOException {
    Ec2Operations.DESCRIBE_ENABLED_REGIONS.reader().read(answer(REGIONS));
    S3Operations.LIST_BUCKETS.reader().read(answer(BUCKETS));
    InstanceTally tally = new InstanceTally(Instant.EPOCH);
    Ec2Operations.DESCRIBE_INSTANCES.reader().read(answer(INSTANCES)).value().forEach(tally::add);
    return tally.counts();
  }

  private static InputStream answer(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
