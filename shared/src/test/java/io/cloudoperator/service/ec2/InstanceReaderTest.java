package io.cloudoperator.service.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.UnreadableResponseException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceReaderTest {
  private static final int MOST_OF_A_PAGE = 50_000;

  @Test
  void readsAnInstanceAsAwsDocumentsIt() throws IOException {
    assertThat(read(Pages.instance()))
        .isEqualTo(
            InstanceFacts.builder()
                .state("running")
                .type("m7g.large")
                .architecture("arm64")
                .platform("Linux/UNIX")
                .tenancy("default")
                .instanceProfile(true)
                .launchedAt(Optional.of(Instant.parse("2025-12-01T00:00:00Z")))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<item/>",
        "<item><instanceState><name/></instanceState><instanceType/><architecture/><platformDetails/><placement><tenancy/></placement><launchTime/></item>"
      })
  void saysThatItDoesNotKnowWhatAwsDoesNotSay(String item) throws IOException {
    assertThat(read(item))
        .isEqualTo(
            new InstanceFacts(
                "unknown",
                "unknown",
                "unknown",
                "unknown",
                "unknown",
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "optional, enabled, true",
    "optional, '', true",
    "optional, disabled, false",
    "required, enabled, false",
    "'', enabled, false"
  })
  void seesWhereMetadataAreGivenWithoutAToken(String tokens, String endpoint, boolean given)
      throws IOException {
    String options =
        "<item><metadataOptions><state>applied</state><httpTokens>%s</httpTokens><httpEndpoint>%s</httpEndpoint></metadataOptions></item>"
            .formatted(tokens, endpoint);

    assertThat(read(options).imdsV1()).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({
    "<ipAddress>203.0.113.5</ipAddress>, true",
    "<ipAddress/>, false",
    "<networkInterfaceSet><item><association><publicIp>203.0.113.9</publicIp></association></item></networkInterfaceSet>, true",
    "<networkInterfaceSet><item><association><publicIp/></association></item></networkInterfaceSet>, false",
    "<networkInterfaceSet><item><privateIpAddressesSet><item><privateIpAddress>10.0.0.5</privateIpAddress></item></privateIpAddressesSet></item></networkInterfaceSet>, false",
    "<networkInterfaceSet><item/><item><privateIpAddressesSet><item/><item><association><publicIp>203.0.113.10</publicIp></association></item></privateIpAddressesSet></item></networkInterfaceSet>, true",
    "<ipAddress>203.0.113.5</ipAddress><networkInterfaceSet><item><association><publicIp/></association></item></networkInterfaceSet>, true"
  })
  void findsAPublicAddressWhereverItStands(String of, boolean found) throws IOException {
    assertThat(read("<item>" + of + "</item>").publicIpv4()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "web, launch-wizard-7, true",
    "launch-wizard-1, web, true",
    "not-launch-wizard-1, launch-wizard-, false",
    "launch-Wizard-1, wizard-1, false"
  })
  void findsAGroupOfTheLaunchWizardAmongTheOthers(String one, String another, boolean found)
      throws IOException {
    String groups =
        "<groupSet><item><groupId>sg-1</groupId><groupName>%s</groupName></item><item><groupName>%s</groupName></item></groupSet>"
            .formatted(one, another);

    assertThat(read("<item>" + groups + "</item>").launchWizardGroup()).isEqualTo(found);
    assertThat(
            read("<item><networkInterfaceSet><item>"
                    + groups
                    + "</item></networkInterfaceSet></item>")
                .launchWizardGroup())
        .isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "<iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/a</arn><id>AIPA</id></iamInstanceProfile>, true",
    "<iamInstanceProfile><arn/></iamInstanceProfile>, false",
    "<iamInstanceProfile><id>AIPA</id></iamInstanceProfile>, false"
  })
  void seesAnInstanceProfile(String profile, boolean there) throws IOException {
    assertThat(read("<item>" + profile + "</item>").instanceProfile()).isEqualTo(there);
  }

  @ParameterizedTest
  @CsvSource({
    "stopped, User initiated (2024-01-01 12:00:00 GMT), 2024-01-01T12:00:00Z",
    "stopped, Server.SpotInstanceTermination, ",
    "running, User initiated (2024-01-01 12:00:00 GMT), "
  })
  void knowsSinceWhenItIsStopped(String state, String reason, Instant since) throws IOException {
    assertThat(
            read("<item><reason>%s</reason><instanceState><code>80</code><name>%s</name></instanceState></item>"
                    .formatted(reason, state))
                .stoppedAt())
        .isEqualTo(Optional.ofNullable(since));
  }

  @Test
  void followsTheTokenOfAPageThatIsEmpty() throws IOException {
    assertThat(Pages.instances("more").readBy(InstanceReader.DESCRIBE_INSTANCES).next())
        .contains("more");
    assertThat(Pages.instances("", Pages.instance()).readBy(InstanceReader.DESCRIBE_INSTANCES))
        .satisfies(page -> {
          assertThat(page.value()).hasSize(1);
          assertThat(page.next()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DescribeInstancesResponse/>",
        "<DescribeInstancesResponse><instancesSet/></DescribeInstancesResponse>",
        "<DescribeRegionsResponse><reservationSet/></DescribeRegionsResponse>"
      })
  void takesNothingElseForARegionWithoutInstances(String answer) {
    assertThatThrownBy(() -> Answer.ok(answer).readBy(InstanceReader.DESCRIBE_INSTANCES))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesAPageWithoutEnd() throws IOException {
    String most = "<item/>".repeat(MOST_OF_A_PAGE);

    assertThat(Pages.instances("", most).readBy(InstanceReader.DESCRIBE_INSTANCES).value())
        .hasSize(MOST_OF_A_PAGE);
    assertThatThrownBy(
            () -> Pages.instances("", most + "<item/>").readBy(InstanceReader.DESCRIBE_INSTANCES))
        .hasMessage("lists more than 50000");
  }

  private static InstanceFacts read(String item) throws IOException {
    return Pages.instances("", item).readBy(InstanceReader.DESCRIBE_INSTANCES).value().getFirst();
  }
}
