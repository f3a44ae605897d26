package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.service.s3.BucketFacts;
import io.cloudoperator.service.s3.BucketReader;
import io.cloudoperator.service.s3.S3;
import io.cloudoperator.session.Sessions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceCounterTest {
  @Test
  void countsWhatIsOnAllPages() {
    try (CannedAws aws =
            CannedAws.inTurn(
                Pages.buckets("more", List.of("eu-west-1", "eu-west-1")),
                Pages.buckets("", List.of("us-east-1")));
        AwsClient client = Sessions.client(S3.SERVICE, aws)) {
      Counts counts =
          new ResourceCounter<>(BucketFacts.COUNTED, BucketReader.LIST_BUCKETS)
              .count(client, Sessions.NOW);

      assertThat(counts.by("byRegion")).isEqualTo(Map.of("eu-west-1", 2L, "us-east-1", 1L));
    }
  }
}
