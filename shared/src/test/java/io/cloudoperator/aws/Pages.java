package io.cloudoperator.aws;

import io.cloudoperator.aws.CannedAws.Answer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pages as AWS writes them. */
public final class Pages {
  private Pages() {}

  /** A page of DescribeInstances; an empty token stands for the last page. */
  public static Answer instances(String token, String... instances) {
    return Answer.ok(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
          <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
          <reservationSet>%s</reservationSet>
          %s
        </DescribeInstancesResponse>
        """
            .formatted(
                IntStream.range(0, instances.length)
                    .mapToObj(i ->
                        "<item><reservationId>r-"
                            + i
                            + "</reservationId><ownerId>111122223333</ownerId><groupSet/><instancesSet>"
                            + instances[i]
                            + "</instancesSet></item>")
                    .collect(Collectors.joining()),
                token.isEmpty() ? "" : "<nextToken>" + token + "</nextToken>"));
  }

  /** A running instance with nothing wrong with it. */
  public static String instance() {
    return instance("running", "m7g.large", "");
  }

  public static String instance(String state, String type, String more) {
    return """
    <item>
      <instanceId>i-1234567890abcdef0</instanceId>
      <instanceState><code>16</code><name>%s</name></instanceState>
      <reason/>
      <instanceType>%s</instanceType>
      <launchTime>2025-12-01T00:00:00.000Z</launchTime>
      <placement><availabilityZone>us-east-1a</availabilityZone><tenancy>default</tenancy></placement>
      <architecture>arm64</architecture>
      <platformDetails>Linux/UNIX</platformDetails>
      <iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/p</arn></iamInstanceProfile>
      <metadataOptions><httpTokens>required</httpTokens><httpEndpoint>enabled</httpEndpoint></metadataOptions>
      %s
    </item>
    """
        .formatted(state, type, more);
  }

  /** Instances of every kind, so that a reader that errs on one of them is found. */
  public static String anyInstance(RandomGenerator random) {
    String state =
        any(random, "pending", "running", "shutting-down", "terminated", "stopping", "stopped");
    String profile =
        any(
            random,
            "",
            "<iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/a&amp;b</arn><id>AIPA</id></iamInstanceProfile>");
    String options =
        any(
            random,
            "",
            "<metadataOptions><state>applied</state><httpTokens>optional</httpTokens><httpPutResponseHopLimit>1</httpPutResponseHopLimit><httpEndpoint>enabled</httpEndpoint></metadataOptions>",
            "<metadataOptions><httpTokens>optional</httpTokens><httpEndpoint>disabled</httpEndpoint></metadataOptions>",
            "<metadataOptions><httpTokens>required</httpTokens><httpEndpoint>enabled</httpEndpoint></metadataOptions>");
    String address = any(random, "", "", "<ipAddress>203.0.113.5</ipAddress>");
    String groups =
        any(
            random,
            "<groupSet/>",
            "<groupSet><item><groupId>sg-1</groupId><groupName>web</groupName></item><item><groupId>sg-2</groupId><groupName>launch-wizard-7</groupName></item></groupSet>",
            "<groupSet><item><groupId>sg-1</groupId><groupName>not-launch-wizard-1</groupName></item></groupSet>");
    String interfaces =
        any(
            random,
            "",
            "<networkInterfaceSet/>",
            "<networkInterfaceSet><item><groupSet><item><groupId>sg-3</groupId><groupName>launch-wizard-1</groupName></item></groupSet><privateIpAddressesSet><item><privateIpAddress>10.0.0.5</privateIpAddress><primary>true</primary></item></privateIpAddressesSet></item></networkInterfaceSet>",
            "<networkInterfaceSet><item><association><publicIp>203.0.113.9</publicIp><ipOwnerId>amazon</ipOwnerId></association><privateIpAddressesSet><item><association><publicIp>203.0.113.9</publicIp></association></item></privateIpAddressesSet></item></networkInterfaceSet>",
            "<networkInterfaceSet><item><privateIpAddressesSet><item><privateIpAddress>10.0.0.5</privateIpAddress></item><item><association><publicIp>203.0.113.10</publicIp></association></item></privateIpAddressesSet></item></networkInterfaceSet>");
    String reason =
        any(
            random,
            "<reason/>",
            "",
            "<reason>User initiated (2024-01-01 12:00:00 GMT)</reason>",
            "<reason>User initiated (2025-12-20 12:00:00 GMT)</reason>",
            "<reason>Server.SpotInstanceTermination</reason>");
    return """
    <item>
      <instanceId>i-%016x</instanceId>
      <instanceState><code>16</code><name>%s</name></instanceState>
      %s<instanceType>%s</instanceType>
      <launchTime>%s</launchTime>
      <placement><availabilityZone>us-east-1a</availabilityZone><groupName/><tenancy>%s</tenancy></placement>
      <tagSet><item><key>Name</key><value>&lt;b&gt; \u00fc <![CDATA[<running>]]></value></item></tagSet>
      <productCodes/><stateReason><code>Client.X</code><message>instanceType</message></stateReason>
      <architecture>%s</architecture><platformDetails>%s</platformDetails>
      <cpuOptions><coreCount>1</coreCount></cpuOptions>%s%s%s%s%s
    </item>
    """
        .formatted(
            random.nextLong(),
            state,
            reason,
            any(
                random,
                "m7g.large",
                "t2.micro",
                "m3.medium",
                "c4.8xlarge",
                "u-6tb1.metal",
                "x9.new"),
            any(
                random,
                "2024-05-01T10:00:00.000Z",
                "2025-12-31T23:59:59.000Z",
                "2025-01-01T00:00:00Z"),
            any(random, "default", "dedicated", "host"),
            any(random, "x86_64", "arm64", "i386", "x86_64_mac", "riscv"),
            any(random, "Linux/UNIX", "Windows", "Red Hat Enterprise Linux", "Windows BYOL"),
            profile,
            options,
            address,
            groups,
            interfaces);
  }

  /** A page of ListBuckets; an empty region stands for a bucket without one. */
  public static Answer buckets(String token, List<String> regions) {
    return Answer.ok(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>o</ID></Owner><Buckets>%s</Buckets>%s</ListAllMyBucketsResult>
        """
            .formatted(
                regions.stream()
                    .map(region ->
                        "<Bucket><Name>b</Name><CreationDate>2019-12-11T23:32:47+00:00</CreationDate>"
                            + (region.isEmpty()
                                ? ""
                                : "<BucketRegion>" + region + "</BucketRegion>")
                            + "</Bucket>")
                    .collect(Collectors.joining()),
                token.isEmpty() ? "" : "<ContinuationToken>" + token + "</ContinuationToken>"));
  }

  /** DescribeRegions, in either form. */
  public static Answer regions(String... names) {
    StringBuilder items = new StringBuilder();
    for (String name : names) {
      items.append(
          "<item><regionName>%s</regionName><regionEndpoint>e</regionEndpoint></item>"
              .formatted(name));
    }
    return Answer.ok(
        "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId><regionInfo>"
            + items
            + "</regionInfo></DescribeRegionsResponse>");
  }

  /** GetCallerIdentity. */
  public static Answer identity(String account) {
    return Answer.ok(
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>arn:aws:sts::%1$s:assumed-role/r/s</Arn><UserId>AROA:s</UserId><Account>%1$s</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
        </GetCallerIdentityResponse>
        """
            .formatted(account));
  }

  /** AssumeRole. */
  public static Answer assumed() {
    return Answer.ok(
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>
            <Credentials><AccessKeyId>ASIACANARY</AccessKeyId><SecretAccessKey>canary-secret</SecretAccessKey><SessionToken>canary-token</SessionToken><Expiration>2026-01-01T00:15:00Z</Expiration></Credentials>
            <PackedPolicySize>9</PackedPolicySize>
          </AssumeRoleResult>
          <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
        </AssumeRoleResponse>
        """);
  }

  private static String any(RandomGenerator random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
