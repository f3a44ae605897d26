package io.cloudoperator.service.cloudfront;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.WebAclArn;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the distributions of CloudFront, one after the other; the headers that they add for their
 * origins, and everything else, are skipped unread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html">DistributionSummary</a>
 */
public final class DistributionReader {
  // Several times what a page is asked to have.
  private static final int MOST_OF_A_PAGE = 1000;

  // Several times what AWS allows for one distribution.
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  private static final int MOST_NAMES = 2000;

  // What CloudFront sets for its own certificate, whatever else the answer says.
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html
  private static final String TLS_OF_DEFAULT_CERTIFICATE = "TLSv1";

  private static final String UNKNOWN = "unknown";

  /**
   * The distributions of the account.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html">ListDistributions</a>
   */
  public static final ReadOperation<List<Distribution>> LIST_DISTRIBUTIONS =
      ReadOperation.audit(
              CloudFront.SERVICE,
              "ListDistributions",
              "Finds APIs behind distributions; the headers that these add for origins are not kept.")
          .path("/2020-05-31/distribution")
          .parameter("MaxItems", "100")
          .pages("Marker", DistributionReader::distributions);

  private String id = "";
  private String host = "";
  private final List<String> aliases = new ArrayList<>();
  private boolean enabled;
  private boolean plainHttp;
  private boolean defaultCertificate;
  private String minimumTls = "";
  private Optional<String> webAcl = Optional.empty();
  private final List<String> origins = new ArrayList<>();
  private Optional<Instant> lastModified = Optional.empty();

  private DistributionReader() {}

  static Page<List<Distribution>> distributions(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "DistributionList");
    List<Distribution> distributions = new ArrayList<>();
    String truncated = "";
    String marker = "";
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "IsTruncated" -> truncated = xml.text();
        case "NextMarker" -> marker = xml.text();
        case "Items" -> {
          for (int items = xml.enter(); xml.next(items); ) {
            distributions.add(new DistributionReader().read(xml));
            atMost(MOST_OF_A_PAGE, distributions);
          }
        }
        default -> {}
      }
    }
    // A list without distributions has no Items: only this tells it from another answer.
    return switch (truncated) {
      case "false" -> new Page<>(List.copyOf(distributions), Optional.empty());
      case "true" -> {
        if (marker.isEmpty()) {
          throw new UnreadableResponseException("there are more, and it is not said where");
        }
        yield new Page<>(List.copyOf(distributions), Optional.of(marker));
      }
      default -> throw new UnreadableResponseException("it does not say whether there are more");
    };
  }

  private Distribution read(XmlReader xml) throws IOException {
    for (int summary = xml.enter(); xml.next(summary); ) {
      switch (xml.name()) {
        case "Id" -> id = xml.text();
        case "DomainName" -> host = xml.text();
        case "LastModifiedTime" -> lastModified = Timestamps.iso(xml.readText());
        case "Enabled" -> enabled = isTrue(xml);
        case "WebACLId" -> webAcl = WebAclArn.name(xml.text());
        case "Aliases" -> aliases(xml);
        case "Origins" -> origins(xml);
        case "DefaultCacheBehavior" -> behavior(xml);
        case "CacheBehaviors" -> behaviors(xml);
        case "ViewerCertificate" -> certificate(xml);
        default -> {}
      }
    }
    if (id.isEmpty()) {
      throw new UnreadableResponseException("a distribution has no id");
    }
    return new Distribution(
        id, host, aliases, enabled, plainHttp, minimumTls(), webAcl, origins, lastModified);
  }

  private String minimumTls() {
    if (defaultCertificate) {
      return TLS_OF_DEFAULT_CERTIFICATE;
    }
    return minimumTls.isEmpty() ? UNKNOWN : minimumTls;
  }

  private void aliases(XmlReader xml) throws IOException {
    for (int list = xml.enter(); xml.next(list); ) {
      if (xml.name().equals("Items")) {
        for (int items = xml.enter(); xml.next(items); ) {
          aliases.add(xml.text());
          atMost(MOST_NAMES, aliases);
        }
      }
    }
  }

  private void origins(XmlReader xml) throws IOException {
    for (int list = xml.enter(); xml.next(list); ) {
      if (xml.name().equals("Items")) {
        for (int items = xml.enter(); xml.next(items); ) {
          for (int origin = xml.enter(); xml.next(origin); ) {
            if (xml.name().equals("DomainName")) {
              origins.add(xml.text());
              atMost(MOST_NAMES, origins);
            }
          }
        }
      }
    }
  }

  private void behaviors(XmlReader xml) throws IOException {
    for (int list = xml.enter(); xml.next(list); ) {
      if (xml.name().equals("Items")) {
        for (int items = xml.enter(); xml.next(items); ) {
          behavior(xml);
        }
      }
    }
  }

  private void behavior(XmlReader xml) throws IOException {
    for (int behavior = xml.enter(); xml.next(behavior); ) {
      if (xml.name().equals("ViewerProtocolPolicy")) {
        plainHttp |= xml.text().equals("allow-all");
      }
    }
  }

  private void certificate(XmlReader xml) throws IOException {
    for (int certificate = xml.enter(); xml.next(certificate); ) {
      switch (xml.name()) {
        case "CloudFrontDefaultCertificate" -> defaultCertificate = isTrue(xml);
        case "MinimumProtocolVersion" -> minimumTls = xml.text();
        default -> {}
      }
    }
  }

  private static boolean isTrue(XmlReader xml) throws IOException {
    return "true".contentEquals(xml.readText());
  }

  private static void atMost(int most, List<?> read) throws UnreadableResponseException {
    if (read.size() > most) {
      throw new UnreadableResponseException("lists more than " + most);
    }
  }
}
