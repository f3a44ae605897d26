package io.cloudoperator.service.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionReaderTest {
  private static final String LAST = "<IsTruncated>false</IsTruncated>";

  @Test
  void readsADistributionAsAwsDocumentsIt() throws IOException {
    assertThat(page(LAST, distribution()).value())
        .containsExactly(
            new Distribution(
                "EDFDVBD632BHDS5",
                "d111111abcdef8.cloudfront.net",
                List.of("www.example.com", "shop.example.com"),
                true,
                false,
                "TLSv1.2_2021",
                Optional.of("shop"),
                List.of("abc123.execute-api.eu-west-1.amazonaws.com", "shop.s3.amazonaws.com"),
                Optional.of(Instant.parse("2024-05-01T10:00:00.123Z"))));
  }

  @Test
  void readsADistributionThatSaysNextToNothing() throws IOException {
    assertThat(page(LAST, "<DistributionSummary><Id>E1</Id></DistributionSummary>").value())
        .containsExactly(
            new Distribution(
                "E1",
                "",
                List.of(),
                false,
                false,
                "unknown",
                Optional.empty(),
                List.of(),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "allow-all, https-only, true",
    "redirect-to-https, allow-all, true",
    "redirect-to-https, https-only, false",
    "of-tomorrow, of-tomorrow, false"
  })
  void seesPlainHttpInAnyOfItsBehaviors(String byDefault, String byPath, boolean plain)
      throws IOException {
    String distribution =
        distribution()
            .replace("redirect-to-https<!-- default -->", byDefault)
            .replace("https-only<!-- path -->", byPath);

    assertThat(page(LAST, distribution).value().getFirst().plainHttp()).isEqualTo(plain);
  }

  @Test
  void knowsWhatCloudFrontsOwnCertificateAccepts() throws IOException {
    String distribution =
        distribution()
            .replace("<CloudFrontDefaultCertificate>false<", "<CloudFrontDefaultCertificate>true<");

    assertThat(page(LAST, distribution).value().getFirst().minimumTls()).isEqualTo("TLSv1");
  }

  @Test
  void hasNoWebAclWhereItsIdIsEmpty() throws IOException {
    String distribution =
        distribution().replaceAll("<WebACLId>.*</WebACLId>", "<WebACLId></WebACLId>");

    assertThat(page(LAST, distribution).value().getFirst().webAcl()).isEmpty();
  }

  @Test
  void keepsNoHeaderForOriginsAndNothingElseThatWasNotAskedFor() throws IOException {
    assertThat(distribution()).contains("canary");
    assertThat(page(LAST, distribution()).toString()).doesNotContain("canary", "111122223333");
  }

  @Test
  void followsTheMarkerOnlyWhereThereIsMore() throws IOException {
    assertThat(page("<IsTruncated>true</IsTruncated><NextMarker>E2</NextMarker>", "").next())
        .contains("E2");
    assertThat(page("<NextMarker>E2</NextMarker>" + LAST, distribution()).next()).isEmpty();
  }

  @Test
  void takesAListWithoutItemsForAnEmptyOne() throws IOException {
    assertThat(
            read("<DistributionList><Marker/>" + LAST + "<Quantity>0</Quantity></DistributionList>")
                .value())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DistributionList/>",
        "<DistributionList><IsTruncated>true</IsTruncated></DistributionList>",
        "<DistributionList><IsTruncated>maybe</IsTruncated></DistributionList>",
        "<DistributionList><IsTruncated>false</IsTruncated><Items><DistributionSummary/></Items></DistributionList>",
        "<ListAllMyBucketsResult><IsTruncated>false</IsTruncated></ListAllMyBucketsResult>",
        "{\"DistributionList\":{\"IsTruncated\":false}}",
        ""
      })
  void takesNothingElseForAnAccountWithoutDistributions(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesAnAnswerThatIsCutAnywhere() {
    byte[] answer = answer(LAST, distribution()).getBytes(UTF_8);
    for (int length = answer.length - 1; length >= 0; length--) {
      byte[] cut = Arrays.copyOf(answer, length);
      assertThatThrownBy(() ->
              DistributionReader.LIST_DISTRIBUTIONS.reader().read(new ByteArrayInputStream(cut)))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @Test
  void refusesListsWithoutEnd() throws IOException {
    assertThatThrownBy(
            () -> page(LAST, "<DistributionSummary><Id>E</Id></DistributionSummary>".repeat(1001)))
        .hasMessage("lists more than 1000");
    assertThatThrownBy(() -> page(LAST, named("<CNAME>", "<CNAME>a</CNAME>", 2001)))
        .hasMessage("lists more than 2000");
    String origin = "<Origin><DomainName>a</DomainName></Origin>";
    assertThatThrownBy(() -> page(LAST, named("<Origin>", origin, 2001)))
        .hasMessage("lists more than 2000");
    // Two are there already.
    assertThat(page(LAST, named("<Origin>", origin, 1998)).value().getFirst().origins())
        .hasSize(2000);
  }

  private static String named(String before, String more, int times) {
    return distribution().replaceFirst(before, more.repeat(times) + before);
  }

  private static Page<List<Distribution>> page(String truncated, String items) throws IOException {
    return read(answer(truncated, items));
  }

  private static String answer(String truncated, String items) {
    return "<?xml version=\"1.0\"?><DistributionList xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Marker></Marker><MaxItems>100</MaxItems>"
        + truncated
        + "<Quantity>1</Quantity><Items>"
        + items
        + "</Items></DistributionList>";
  }

  private static Page<List<Distribution>> read(String answer) throws IOException {
    InputStream stream = new ByteArrayInputStream(answer.getBytes(UTF_8));
    return DistributionReader.LIST_DISTRIBUTIONS.reader().read(stream);
  }

  private static String distribution() {
    return """
    <DistributionSummary>
      <Id>EDFDVBD632BHDS5</Id>
      <ARN>arn:aws:cloudfront::111122223333:distribution/EDFDVBD632BHDS5</ARN>
      <Status>Deployed</Status>
      <LastModifiedTime>2024-05-01T10:00:00.123Z</LastModifiedTime>
      <DomainName>d111111abcdef8.cloudfront.net</DomainName>
      <Aliases><Quantity>2</Quantity><Items><CNAME>www.example.com</CNAME><CNAME>shop.example.com</CNAME></Items></Aliases>
      <Origins><Quantity>2</Quantity><Items>
        <Origin>
          <Id>canary-origin</Id><DomainName>abc123.execute-api.eu-west-1.amazonaws.com</DomainName><OriginPath>/canary</OriginPath>
          <CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>x-origin-verify</HeaderName><HeaderValue>canary</HeaderValue><DomainName>canary</DomainName></OriginCustomHeader></Items></CustomHeaders>
          <CustomOriginConfig><OriginProtocolPolicy>https-only</OriginProtocolPolicy></CustomOriginConfig>
        </Origin>
        <Origin><Id>s3</Id><DomainName>shop.s3.amazonaws.com</DomainName><CustomHeaders><Quantity>0</Quantity></CustomHeaders></Origin>
      </Items></Origins>
      <OriginGroups><Quantity>0</Quantity></OriginGroups>
      <DefaultCacheBehavior><TargetOriginId>canary-origin</TargetOriginId><ViewerProtocolPolicy>redirect-to-https<!-- default --></ViewerProtocolPolicy><Compress>true</Compress></DefaultCacheBehavior>
      <CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/canary/*</PathPattern><ViewerProtocolPolicy>https-only<!-- path --></ViewerProtocolPolicy></CacheBehavior></Items></CacheBehaviors>
      <CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses>
      <Comment>canary</Comment>
      <PriceClass>PriceClass_All</PriceClass>
      <Enabled>true</Enabled>
      <ViewerCertificate><CloudFrontDefaultCertificate>false</CloudFrontDefaultCertificate><ACMCertificateArn>arn:aws:acm:us-east-1:111122223333:certificate/canary</ACMCertificateArn><SSLSupportMethod>sni-only</SSLSupportMethod><MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion></ViewerCertificate>
      <Restrictions><GeoRestriction><RestrictionType>none</RestrictionType><Quantity>0</Quantity></GeoRestriction></Restrictions>
      <WebACLId>arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/473e64fd-f30b-4765-81a0-62ad96dd167a</WebACLId>
      <HttpVersion>http2</HttpVersion>
      <IsIPV6Enabled>true</IsIPV6Enabled>
      <Staging>false</Staging>
    </DistributionSummary>
    """;
  }
}
