package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.sample.data.SampleBucket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3Test {

  private SampleAws aws;
  private Clients clients;
  private S3Client customer;

  @BeforeAll
  void start() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withBuckets(45));
    clients = new Clients(aws);
    customer = clients.s3(clients.customer());
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @Test
  void pagesAddUpToEveryBucketOnceWithItsRegion() {
    List<Bucket> told =
        customer.listBucketsPaginator(each -> each.maxBuckets(10)).buckets().stream().toList();
    assertThat(told)
        .extracting(Bucket::name)
        .containsExactlyElementsOf(
            aws.customer().buckets().stream().map(SampleBucket::name).toList());
    assertThat(told)
        .extracting(Bucket::bucketRegion)
        .containsExactlyElementsOf(
            aws.customer().buckets().stream().map(SampleBucket::region).toList());
  }

  @Test
  void doesNotTellTheRegionUnasked() {
    ListBucketsResponse all = customer.listBuckets();
    assertThat(all.buckets()).hasSize(45).extracting(Bucket::bucketRegion).containsOnlyNulls();
  }

  @Test
  void listsOnlyThoseOfAPrefixAndARegion() {
    SampleBucket wanted = aws.customer().buckets().getFirst();
    assertThat(
            customer
                .listBuckets(each -> each.prefix(wanted.name()).bucketRegion(wanted.region()))
                .buckets())
        .singleElement()
        .satisfies(bucket -> assertThat(bucket.creationDate()).isEqualTo(wanted.created()));
    assertThat(customer.listBuckets(each -> each.prefix("no-such-prefix")).buckets()).isEmpty();
  }

  @Test
  void refusesMoreThanTenThousandAtATime() {
    assertThatThrownBy(() -> customer.listBuckets(each -> each.maxBuckets(10_001)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
  }

  @Test
  void refusesWhatTheRoleDoesNotAllow() {
    S3Client session = clients.s3(clients.session(clients.role()));
    assertThatThrownBy(() -> session.listObjectsV2(each -> each.bucket("logs")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(e.getMessage()).contains("s3:ListBucket on resource: arn:aws:s3:::logs");
              assertThat(e.requestId()).hasSize(16);
            });
    assertThatThrownBy(() ->
            session.putObject(
                each -> each.bucket("logs").key("a b/ü+1"), RequestBody.fromString("hello")))
        .hasMessageContaining("s3:PutObject on resource: arn:aws:s3:::logs/a b/ü+1");
  }
}
