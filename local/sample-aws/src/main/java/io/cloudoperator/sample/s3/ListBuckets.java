package io.cloudoperator.sample.s3;

import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Regions;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.data.SampleBucket;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.Xml;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
final class ListBuckets {

  private static final int MOST = 10_000;
  private static final Set<String> KNOWN =
      Set.of("max-buckets", "continuation-token", "prefix", "bucket-region", "x-id");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ListBuckets() {}

  static WireResponse answer(ServiceCall call) {
    SampleAccount account = call.account();
    Params params = call.params();
    params.onlyKnown(KNOWN, ListBuckets::invalid);
    String prefix = params.get("prefix").orElse("");
    Optional<String> region = params.get("bucket-region");
    if (region.isPresent() && !Regions.exists(region.get())) {
      throw invalid("Argument value " + region.get() + " is not a valid AWS Region");
    }
    // Unasked, the answer does not say where the buckets are; any parameter makes it.
    boolean withRegion = params.names().stream().anyMatch(name -> !name.equals("x-id"));
    List<SampleBucket> matching =
        account.buckets().stream()
            .filter(each -> each.name().startsWith(prefix))
            .filter(each -> region.isEmpty() || each.region().equals(region.get()))
            .toList();
    int most =
        params.number(
            "max-buckets",
            1,
            MOST,
            Math.max(1, matching.size()),
            () -> invalid("Argument max-buckets must be an integer between 1 and " + MOST));
    Paging.Page<SampleBucket> page =
        new Paging(false)
            .page(
                matching,
                account.accountId() + "/" + region.orElse("") + "/" + prefix.replace('|', '/'),
                params.get("continuation-token"),
                most,
                1,
                () -> invalid("The continuation token provided is incorrect"));
    return WireResponse.streamed(
        "application/xml",
        sink -> {
          Xml xml = Xml.compact(sink.text()).header();
          xml.root("ListAllMyBucketsResult", "http://s3.amazonaws.com/doc/2006-03-01/");
          // The name is what AWS told until November 2025.
          xml.open("Owner").leaf("ID", owner(account));
          xml.leaf("DisplayName", PlantedSecret.of("owner")).close().open("Buckets");
          for (SampleBucket bucket : page.items()) {
            xml.open("Bucket").leaf("Name", bucket.name());
            xml.leaf("CreationDate", TIME.format(bucket.created()));
            if (withRegion) {
              xml.leaf("BucketRegion", bucket.region());
            }
            xml.close();
            sink.pass();
          }
          xml.close().leaf("ContinuationToken", page.next());
          if (!prefix.isEmpty()) {
            xml.leaf("Prefix", prefix);
          }
          xml.close();
        });
  }

  private static String owner(SampleAccount account) {
    return "5a".repeat(26) + account.accountId();
  }

  private static AwsError invalid(String message) {
    return new AwsError(400, "InvalidArgument", message);
  }
}
