package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.iam.Iam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

final class PartitionsTest {
  private static final Partition CHINA = new Partition("aws-cn");
  private static final Partition SOVEREIGN = new Partition("aws-eusc");

  @ParameterizedTest
  @MethodSource("io.cloudoperator.aws.Partitions#all")
  void aRoleOfEveryPartitionThatTheSdkKnowsHasAnArn(Partition partition) {
    RoleArn role = new RoleArn(partition.iamArn("111122223333", "role/CloudOperatorReadOnly"));

    assertThat(role.partition()).isEqualTo(partition);
    assertThat(Partitions.regions(partition)).isNotEmpty();
  }

  static List<Region> regions() {
    return Region.regions();
  }

  @ParameterizedTest
  @MethodSource("regions")
  void aRegionIsInThePartitionThatTheSdkHasItIn(Region region) {
    RegionName name = new RegionName(region.id());

    assertThat(Partitions.of(name).id()).isEqualTo(PartitionMetadata.of(region).id());
    assertThat(Partitions.dnsSuffix(name)).isEqualTo(PartitionMetadata.of(region).dnsSuffix());
  }

  @Test
  void knowsEveryPartitionOfTheSdk() {
    assertThat(Partitions.all())
        .extracting(Partition::id)
        .contains("aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, aws, amazonaws.com, eu-central-1.console.aws.amazon.com",
    "cn-northwest-1, aws-cn, amazonaws.com.cn, cn-northwest-1.console.amazonaws.cn",
    "us-gov-east-1, aws-us-gov, amazonaws.com, us-gov-east-1.console.amazonaws-us-gov.com",
    "eusc-de-east-1, aws-eusc, amazonaws.eu, eusc-de-east-1.console.amazonaws-eusc.eu",
    "us-iso-east-1, aws-iso, c2s.ic.gov,",
    "eusc-de-west-9, aws-eusc, amazonaws.eu, eusc-de-west-9.console.amazonaws-eusc.eu",
  })
  void aRegionTellsItsPartition(
      RegionName region, String partition, String suffix, String console) {
    assertThat(Partitions.of(region)).hasToString(partition);
    assertThat(Partitions.dnsSuffix(region)).isEqualTo(suffix);
    assertThat(Partitions.consoleHost(region)).isEqualTo(Optional.ofNullable(console));
  }

  @Test
  void theRegionOfIamComesFirst() {
    assertThat(Partitions.regions(CHINA))
        .containsExactly(new RegionName("cn-north-1"), new RegionName("cn-northwest-1"));
    assertThat(Partitions.regions(new Partition("aws-us-gov")).getFirst())
        .hasToString("us-gov-west-1");
    assertThat(Partitions.regions(SOVEREIGN)).containsExactly(new RegionName("eusc-de-east-1"));
    assertThat(Partitions.regions(new Partition("aws-moon"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "iam, aws-global, us-east-1",
    "iam, aws-cn-global, cn-north-1",
    "cloudfront, aws-global, us-east-1",
    "cloudfront, aws-cn-global, cn-northwest-1",
    "iam, aws-us-gov-global, us-gov-west-1",
    "iam, aws-iso-global, us-iso-east-1",
    "iam, eusc-de-east-1, eusc-de-east-1",
    "ec2, eu-west-1, eu-west-1",
  })
  void cloudTrailRecordsAServiceWithoutRegionsWhereItIsSigned(
      String service, String asked, String recorded) {
    assertThat(Partitions.recordedIn(service, asked)).isEqualTo(recorded);
  }

  @Test
  void aPartitionWithoutCloudFrontHasNoHomeOfIt() {
    RegionName sovereign = new RegionName("eusc-de-east-1");

    assertThat(CloudFront.SERVICE.home(sovereign)).isEmpty();
    assertThat(Iam.SERVICE.endpoint(Region.of(sovereign.value())).id()).isEqualTo("eusc-de-east-1");
    assertThat(CloudFront.SERVICE.home(new RegionName("cn-north-1")))
        .contains(new RegionName("cn-northwest-1"));
  }
}
