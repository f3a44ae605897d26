package io.cloudoperator.service.s3;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read operations of S3. */
public final class S3Operations {
  /**
   * Any parameter makes the answer carry each bucket's region; 10,000 is the largest page.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>
   */
  public static final ReadOperation<Counts> LIST_BUCKETS =
      new ReadOperation<>(
          AwsService.S3,
          "ListBuckets",
          "s3:ListAllMyBuckets",
          Tier.MINIMAL,
          "Counts the buckets of each region; neither their names nor their objects are kept.",
          Map.of("max-buckets", "10000"),
          Optional.of("continuation-token"),
          S3Operations::buckets);

  // AWS has about forty.
  private static final int MOST_REGIONS = 1000;

  private S3Operations() {}

  private static Page<Counts> buckets(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "ListAllMyBucketsResult");
    Tally<BucketFacts> tally = BucketFacts.COUNTED.tally(Instant.EPOCH);
    Set<String> regions = new HashSet<>();
    boolean listed = false;
    String token = "";
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "Buckets" -> {
          listed = true;
          for (int buckets = xml.enter(); xml.next(buckets); ) {
            BucketFacts bucket = new BucketFacts(region(xml));
            regions.add(bucket.region());
            if (regions.size() > MOST_REGIONS) {
              throw new UnreadableResponseException("has buckets in more regions than there are");
            }
            tally.add(bucket);
          }
        }
        case "ContinuationToken" -> token = xml.text();
        default -> {}
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no buckets");
    }
    return new Page<>(tally.counts(), Optional.of(token).filter(next -> !next.isEmpty()));
  }

  private static String region(XmlReader xml) throws IOException {
    String region = "";
    for (int bucket = xml.enter(); xml.next(bucket); ) {
      if (xml.name().equals("BucketRegion")) {
        region = xml.text();
      }
    }
    return region.isEmpty() ? BucketFacts.UNREPORTED : region;
  }
}
