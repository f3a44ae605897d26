package io.cloudoperator.service.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketReaderTest {
  @Test
  void readsInWhichRegionABucketIsAndNothingElseOfIt() throws IOException {
    Page<List<BucketFacts>> page =
        Pages.buckets("", List.of("eu-west-1", "")).readBy(BucketReader.LIST_BUCKETS);

    assertThat(page.value())
        .containsExactly(new BucketFacts("eu-west-1"), new BucketFacts(BucketFacts.UNREPORTED));
    assertThat(page.next()).isEmpty();
  }

  @Test
  void followsTheTokenOfAPageThatIsEmpty() throws IOException {
    assertThat(Pages.buckets("more", List.of()).readBy(BucketReader.LIST_BUCKETS))
        .isEqualTo(new Page<>(List.of(), Optional.of("more")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<ListAllMyBucketsResult/>",
        "<ListAllMyBucketsResult><ContinuationToken>x</ContinuationToken></ListAllMyBucketsResult>",
        "<ListBucketResult><Buckets/></ListBucketResult>"
      })
  void takesNothingElseForAnAccountWithoutBuckets(String answer) {
    assertThatThrownBy(() -> Answer.ok(answer).readBy(BucketReader.LIST_BUCKETS))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesBucketsInMoreRegionsThanThereAre() throws IOException {
    assertThat(inRegions(1000).readBy(BucketReader.LIST_BUCKETS).value()).hasSize(1000);
    assertThatThrownBy(() -> inRegions(1001).readBy(BucketReader.LIST_BUCKETS))
        .hasMessage("has buckets in more regions than there are");
  }

  @Test
  void countsBucketsByTheirRegion() {
    var tally = BucketFacts.COUNTED.tally(Instant.EPOCH);
    tally.add(new BucketFacts("eu-west-1"));
    tally.add(new BucketFacts("eu-west-1"));
    tally.add(new BucketFacts(BucketFacts.UNREPORTED));

    assertThat(tally.counts().by("byRegion"))
        .isEqualTo(Map.of("eu-west-1", 2L, BucketFacts.UNREPORTED, 1L));
  }

  private static Answer inRegions(int number) {
    return Pages.buckets("", IntStream.range(0, number).mapToObj("eu-west-%d"::formatted).toList());
  }
}
