package io.cloudoperator.service.s3;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads where buckets are; nothing else of them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>
 */
public final class BucketReader {
  /** Any parameter makes the answer carry each bucket's region; 10,000 is the largest page. */
  public static final ReadOperation<List<BucketFacts>> LIST_BUCKETS =
      ReadOperation.minimal(
              S3.SERVICE,
              "ListBuckets",
              "Counts the buckets of each region; neither their names nor their objects are kept.")
          .action("s3:ListAllMyBuckets")
          .parameter("max-buckets", "10000")
          .pages("continuation-token", BucketReader::buckets);

  // AWS has about forty.
  private static final int MOST_REGIONS = 1000;

  private BucketReader() {}

  private static Page<List<BucketFacts>> buckets(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "ListAllMyBucketsResult");
    List<BucketFacts> read = new ArrayList<>();
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
            read.add(bucket);
          }
        }
        case "ContinuationToken" -> token = xml.text();
        default -> {}
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no buckets");
    }
    return new Page<>(read, Optional.of(token).filter(next -> !next.isEmpty()));
  }

  private static String region(XmlReader xml) throws IOException {
    String region = xml.text("BucketRegion");
    return region.isEmpty() ? BucketFacts.UNREPORTED : region;
  }
}
