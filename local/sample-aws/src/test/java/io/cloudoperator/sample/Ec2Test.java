package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.sample.data.SampleInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Region;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Ec2Test {

  private SampleAws aws;
  private Clients clients;
  private String largest;

  @BeforeAll
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withInstances(800).withRegions(20));
    clients = new Clients(aws);
    largest =
        aws.customer().regions().stream()
            .filter(region -> aws.customer().size(region) > 300)
            .findFirst()
            .orElseThrow();
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @AfterEach
  void forgive() {
    aws.denyRegionsBySCP(Set.of());
  }

  @Test
  void namesTheEnabledRegions() {
    assertThat(customer("us-east-1").describeRegions().regions())
        .extracting(Region::regionName)
        .isEqualTo(aws.customer().regions());
  }

  @Test
  void namesTheRegionsThatAreNotOptedInWhenAsked() {
    assertThat(customer("us-east-1").describeRegions(all -> all.allRegions(true)).regions())
        .hasSize(34)
        .filteredOn(region -> region.optInStatus().equals("not-opted-in"))
        .hasSize(14);
  }

  @Test
  void pagesAddUpToEveryInstanceOnce() {
    for (String region : aws.customer().regions()) {
      assertThat(all(region, 100).stream().map(Instance::instanceId))
          .containsExactlyElementsOf(
              aws.customer().instances(region).map(SampleInstance::id).toList());
    }
  }

  @Test
  void somePagesAreShortOrEmptyThoughMoreFollow() {
    List<Integer> sizes = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      DescribeInstancesResponse page =
          customer(largest).describeInstances(each -> each.maxResults(20).nextToken(next));
      sizes.add(page.reservations().stream().mapToInt(each -> each.instances().size()).sum());
      assertThat(sizes.stream().mapToInt(size -> size).sum())
          .as("pages go on")
          .isLessThanOrEqualTo(aws.customer().size(largest));
      assertThat(sizes).as("pages go on").hasSizeLessThan(aws.customer().size(largest));
      token = page.nextToken();
    } while (token != null);
    assertThat(sizes.subList(0, sizes.size() - 1)).contains(0, 10, 20);
  }

  @Test
  void tellsOfAnInstanceWhatIsTrueOfIt() {
    for (Instance told : all(largest, 100)) {
      SampleInstance fact = aws.customer().find(largest, told.instanceId()).orElseThrow();
      assertThat(told.state().nameAsString()).isEqualTo(fact.state().wireName());
      assertThat(told.instanceTypeAsString()).isEqualTo(fact.type());
      assertThat(told.architectureAsString()).isEqualTo(fact.architecture());
      assertThat(told.platformDetails()).isEqualTo(fact.platform());
      assertThat(told.placement().tenancyAsString()).isEqualTo(fact.tenancy());
      assertThat(told.metadataOptions().httpTokensAsString())
          .isEqualTo(fact.tokensRequired() ? "required" : "optional");
      assertThat(told.publicIpAddress()).isEqualTo(fact.publicIp().orElse(null));
      assertThat(told.iamInstanceProfile() != null).isEqualTo(fact.instanceProfile().isPresent());
      assertThat(told.securityGroups().stream().map(group -> group.groupName()))
          .isEqualTo(fact.securityGroups());
      assertThat(told.launchTime().getEpochSecond()).isEqualTo(fact.launchTime().getEpochSecond());
    }
  }

  @Test
  void findsAnInstanceByItsId() {
    SampleInstance wanted = aws.customer().instance(largest, 77);
    assertThat(
            customer(largest)
                .describeInstances(each -> each.instanceIds(wanted.id()))
                .reservations()
                .getFirst()
                .instances()
                .getFirst()
                .instanceTypeAsString())
        .isEqualTo(wanted.type());
  }

  @Test
  void filtersByState() {
    long stopped =
        aws.customer()
            .instances(largest)
            .filter(each -> each.state() == SampleInstance.State.STOPPED)
            .count();
    assertThat(
            customer(largest)
                .describeInstancesPaginator(each ->
                    each.filters(
                        Filter.builder().name("instance-state-name").values("stopp?d").build()))
                .reservations()
                .stream()
                .mapToLong(each -> each.instances().size())
                .sum())
        .isEqualTo(stopped);
  }

  @Test
  void refusesAFilterThatItDoesNotKnow() {
    assertError(
        400,
        "InvalidParameterValue",
        () ->
            customer(largest)
                .describeInstances(
                    each -> each.filters(Filter.builder().name("kernel-id").values("x").build())));
  }

  @Test
  void refusesPagesOfFourAndOfMoreThanAThousand() {
    for (int size : new int[] {4, 1001}) {
      assertError(
          400,
          "InvalidParameterValue",
          () -> customer(largest).describeInstances(each -> each.maxResults(size)));
    }
  }

  @Test
  void refusesATokenOfAnotherRegion() {
    String token = customer(largest).describeInstances(each -> each.maxResults(5)).nextToken();
    assertError(
        400,
        "InvalidNextToken",
        () -> customer("sa-east-1").describeInstances(each -> each.maxResults(5).nextToken(token)));
  }

  @Test
  void knowsNoCredentialInARegionThatIsNotOptedIn() {
    assertThatThrownBy(() -> customer("mx-central-1").describeInstances())
        .isInstanceOfSatisfying(Ec2Exception.class, e -> assertThat(e.statusCode()).isEqualTo(401));
    // HttpURLConnection withholds the body of a 401, and with it the code.
    assertThat(aws.requests().all().getLast().errorCode()).isEqualTo("AuthFailure");
  }

  @Test
  void saysWhenAServiceControlPolicyDenies() {
    aws.denyRegionsBySCP(Set.of("eu-west-3"));
    assertThatThrownBy(() -> customer("eu-west-3").describeInstances())
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation");
              assertThat(e.getMessage())
                  .contains("with an explicit deny in a service control policy");
            });
    assertThat(customer("eu-west-2").describeInstances().hasReservations()).isTrue();
  }

  @Test
  void aSessionPolicyCutsWhatTheRoleAllows() {
    String policy =
        """
        {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}]}\
        """;
    Ec2Client cut =
        clients.ec2(
            Clients.of(
                clients
                    .sts(clients.broker())
                    .assumeRole(clients.assume(clients.role()).policy(policy).build())
                    .credentials()),
            largest);
    assertThat(cut.describeInstances(each -> each.maxResults(5)).nextToken()).isNotNull();
    assertThatThrownBy(() ->
            cut.describeInstanceAttribute(each -> each.instanceId("i-1").attribute("userData")))
        .hasMessageContaining("because no session policy allows");
  }

  @Test
  void refusesWhatTheRoleDoesNotAllow() {
    assertError(
        403,
        "UnauthorizedOperation",
        () ->
            clients
                .ec2(clients.session(clients.role()), largest)
                .terminateInstances(each -> each.instanceIds("i-1")));
  }

  @Test
  void saysThatItDoesNotDoWhatIsAllowed() {
    assertError(
        400,
        "InvalidAction",
        () -> customer(largest).terminateInstances(each -> each.instanceIds("i-1")));
  }

  private Ec2Client customer(String region) {
    return clients.ec2(clients.customer(), region);
  }

  private List<Instance> all(String region, int pageSize) {
    return customer(region)
        .describeInstancesPaginator(each -> each.maxResults(pageSize))
        .reservations()
        .stream()
        .flatMap(each -> each.instances().stream())
        .toList();
  }

  private static void assertError(
      int status, String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Ec2Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }
}
