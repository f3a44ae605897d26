package io.cloudoperator.session;

import static io.cloudoperator.session.RefereeClients.FRANKFURT;
import static io.cloudoperator.session.RefereeClients.sdk;
import static io.cloudoperator.session.RefereeClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Disguise;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Tally;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's own clients and ours count the same of the same answers. */
class RefereeCountsTest {
  private static final Pattern TIME = Pattern.compile("\\((\\S+) (\\S+) GMT\\)");

  /** Each seed is a region of its own, and in the name of its test: to see a failure again. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8, 9, 10, 11, 12})
  void countsTheSameInstances(long seed) {
    Random random = new Random(seed);
    List<Answer> pages = new ArrayList<>();
    for (int page = 0; page < 8; page++) {
      String[] instances =
          Stream.generate(() -> Pages.anyInstance(random))
              .limit(page % 3 == 1 ? 0 : random.nextInt(60))
              .toArray(String[]::new);
      Answer plain = Pages.instances(page < 7 ? String.valueOf(page + 1) : "", instances);
      pages.add(page == 0 ? plain : Answer.ok(Disguise.of(plain.body(), random)));
    }
    try (CannedAws aws = new CannedAws(asked -> pages.get(page(asked, "NextToken")));
        Ec2Client ec2 = sdk(Ec2Client.builder(), aws.url())) {
      Tally<InstanceFacts> expected = InstanceFacts.COUNTED.tally(Sessions.NOW);
      ec2.describeInstancesPaginator(request -> request.maxResults(1000)).reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .map(RefereeCountsTest::facts)
          .forEach(expected::add);
      List<Asked> theirs = aws.asked();

      Reading<Counts> actual = Sessions.on(aws).scanRegion(FRANKFURT).outcome().instances();

      assertThat(actual).isEqualTo(new Complete<>(expected.counts()));
      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .isEqualTo(theirs);
    }
  }

  @Test
  void countsTheSameBuckets() {
    Random random = new Random(7);
    List<Answer> pages =
        Stream.of(
                Pages.buckets("1", List.of("eu-west-1", "us-east-1", "eu-west-1")),
                Pages.buckets("2", List.of()),
                Pages.buckets("", List.of("ap-southeast-7")))
            .map(plain -> Answer.ok(Disguise.of(plain.body(), random)))
            .toList();
    try (CannedAws aws = new CannedAws(asked -> pages.get(page(asked, "continuation-token")));
        S3Client s3 = sdk(S3Client.builder(), aws.url())) {
      TreeMap<String, Long> expected = new TreeMap<>();
      s3.listBucketsPaginator(request -> request.maxBuckets(10_000)).buckets().stream()
          .forEach(bucket -> expected.merge(bucket.bucketRegion(), 1L, Long::sum));
      List<Asked> theirs = aws.asked();

      Reading<Counts> actual =
          Sessions.on(aws, FRANKFURT.value()).scanBuckets().outcome().buckets();

      assertThat(actual)
          .isEqualTo(new Complete<>(new Counts(4, Map.of("byRegion", expected), Map.of())));
      assertThat(aws.asked().subList(theirs.size(), aws.asked().size()))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("userAgent")
          .isEqualTo(theirs);
    }
  }

  private static int page(Asked asked, String parameter) {
    String token = asked.parameter(parameter);
    return token.isEmpty() ? 0 : Integer.parseInt(token);
  }

  /** What we count of an instance, by the SDK's model of it. */
  private static InstanceFacts facts(Instance instance) {
    Stream<String> groups =
        Stream.concat(
                instance.securityGroups().stream(),
                instance.networkInterfaces().stream().flatMap(eni -> eni.groups().stream()))
            .map(group -> group.groupName());
    boolean interfaceIsPublic =
        instance.networkInterfaces().stream()
            .anyMatch(eni ->
                eni.association() != null
                    || eni.privateIpAddresses().stream()
                        .anyMatch(address -> address.association() != null));
    return InstanceFacts.builder()
        .state(instance.state().nameAsString())
        .type(instance.instanceTypeAsString())
        .architecture(instance.architectureAsString())
        .platform(instance.platformDetails())
        .tenancy(instance.placement().tenancyAsString())
        .imdsV1(
            instance.metadataOptions() != null
                && instance.metadataOptions().httpTokensAsString().equals("optional")
                && instance.metadataOptions().httpEndpointAsString().equals("enabled"))
        .publicIpv4(!text(instance.publicIpAddress()).isEmpty() || interfaceIsPublic)
        .instanceProfile(instance.iamInstanceProfile() != null)
        .launchWizardGroup(groups.anyMatch(name -> name.startsWith("launch-wizard-")))
        .launchedAt(Optional.of(instance.launchTime()))
        .stoppedAt(
            instance.state().nameAsString().equals("stopped")
                ? Optional.ofNullable(instance.stateTransitionReason())
                    .map(TIME::matcher)
                    .filter(Matcher::find)
                    .map(m -> Instant.parse(m.group(1) + "T" + m.group(2) + "Z"))
                : Optional.empty())
        .build();
  }
}
