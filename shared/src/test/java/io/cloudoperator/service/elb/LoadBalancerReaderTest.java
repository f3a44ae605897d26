package io.cloudoperator.service.elb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.service.elb.LoadBalancer.Listener;
import io.cloudoperator.service.elb.LoadBalancerReader.Found;
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

class LoadBalancerReaderTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188";

  @Test
  void readsALoadBalancerAsAwsDocumentsIt() throws IOException {
    Page<List<Found>> page = loadBalancers(loadBalancer(ARN, "internet-facing", "application"), "");

    assertThat(page.value())
        .containsExactly(
            new Found(
                ARN,
                new LoadBalancer(
                    "app/web/50dc6c495c0c9188",
                    "web",
                    "application",
                    true,
                    "web-424835706.eu-west-1.elb.amazonaws.com",
                    Optional.of(Instant.parse("2016-03-25T21:26:12.920Z")),
                    List.of())));
    assertThat(page.next()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"network, internal", "gateway, ''", "ofTomorrow, internal"})
  void keepsEveryTypeOfThoseThatAreInternal(String type, String scheme) throws IOException {
    LoadBalancer read =
        loadBalancers(loadBalancer(ARN, scheme, type), "").value().getFirst().loadBalancer();

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.internetFacing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"internet-facing", "of-tomorrow"})
  void takesASchemeThatItDoesNotKnowForInternetFacing(String scheme) throws IOException {
    assertThat(
            loadBalancers(loadBalancer(ARN, scheme, "application"), "")
                .value()
                .getFirst()
                .loadBalancer()
                .internetFacing())
        .isTrue();
  }

  @Test
  void followsTheMarkerOfAPageThatIsShort() throws IOException {
    assertThat(loadBalancers("", "<NextMarker>more</NextMarker>").next()).contains("more");
    assertThat(loadBalancers("", "<NextMarker/>").next()).isEmpty();
  }

  @Test
  void readsWhatAListenerListensToAndDoes() throws IOException {
    Page<List<Listener>> page =
        listeners(
            listener("443", "HTTPS", "<SslPolicy>ELBSecurityPolicy-2016-08</SslPolicy>", forward())
                + listener("80", "HTTP", "", redirect("HTTPS"))
                + listener("8080", "HTTP", "", redirect("#{protocol}"))
                + listener("53", "TCP_UDP", "", forward())
                + listener("9", "OF_TOMORROW", "", "<member><Type>of-tomorrow</Type></member>"));

    assertThat(page.value())
        .containsExactly(
            new Listener(443, "HTTPS", Optional.of("ELBSecurityPolicy-2016-08"), false, false),
            new Listener(80, "HTTP", Optional.empty(), true, false),
            new Listener(8080, "HTTP", Optional.empty(), false, false),
            new Listener(53, "TCP_UDP", Optional.empty(), false, false),
            new Listener(9, "OF_TOMORROW", Optional.empty(), false, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authenticate-oidc", "authenticate-cognito", "jwt-validation"})
  void seesThatAListenerAuthenticates(String type) throws IOException {
    assertThat(
            listeners(
                    listener(
                        "443",
                        "HTTPS",
                        "",
                        "<member><Type>%s</Type></member>".formatted(type) + forward()))
                .value())
        .containsExactly(new Listener(443, "HTTPS", Optional.empty(), false, true));
  }

  /** AWS names neither for them. */
  @Test
  void knowsWhatAGatewayLoadBalancerListensTo() throws IOException {
    assertThat(
            listeners("<member><DefaultActions>" + forward() + "</DefaultActions></member>")
                .value())
        .containsExactly(new Listener(6081, "GENEVE", Optional.empty(), false, false));
  }

  @Test
  void keepsNothingOfAnActionButWhatItIs() throws IOException {
    String oidc =
        """
        <member><Type>authenticate-oidc</Type><AuthenticateOidcConfig>
          <Issuer>https://canary.example</Issuer><ClientId>canary</ClientId><ClientSecret>canary</ClientSecret>
          <AuthenticationRequestExtraParams><entry><key>canary</key><value>canary</value></entry></AuthenticationRequestExtraParams>
        </AuthenticateOidcConfig></member>
        <member><Type>fixed-response</Type><FixedResponseConfig><MessageBody>canary</MessageBody></FixedResponseConfig></member>
        <member><Type>redirect</Type><RedirectConfig><Protocol>HTTPS</Protocol><Host>canary</Host><Query>canary</Query></RedirectConfig></member>
        """;

    assertThat(listeners(listener("443", "HTTPS", "", oidc)).toString()).doesNotContain("canary");
    assertThat(
            loadBalancers(
                    loadBalancer(ARN, "internal", "network").replace("vpc-3ac0fb5f", "canary"), "")
                .toString())
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<DescribeLoadBalancersResponse/>",
        "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult/></DescribeLoadBalancersResponse>",
        "<DescribeListenersResponse><DescribeListenersResult><Listeners/></DescribeListenersResult></DescribeListenersResponse>",
        "<html/>",
        "{\"LoadBalancers\":[]}"
      })
  void takesNothingElseForARegionWithoutLoadBalancers(String answer) {
    assertThatThrownBy(
            () -> LoadBalancerReader.DESCRIBE_LOAD_BALANCERS.reader().read(stream(answer)))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void refusesALoadBalancerThatItCouldNotAskFor() {
    for (String arn : List.of("", "arn:aws:elasticloadbalancing:x:1:loadbalancer/", "app/web/5")) {
      assertThatThrownBy(() -> loadBalancers(loadBalancer(arn, "internal", "network"), ""))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatThrownBy(() -> listeners(listener("99999999999", "HTTP", "", forward())))
        .isInstanceOf(UnreadableResponseException.class)
        .hasNoCause();
  }

  @Test
  void refusesAnAnswerThatIsCutAnywhere() {
    byte[] answer =
        answer("LoadBalancers", loadBalancer(ARN, "internal", "network"), "").getBytes(UTF_8);
    for (int length = answer.length - 1; length >= 0; length--) {
      byte[] cut = Arrays.copyOf(answer, length);
      assertThatThrownBy(() ->
              LoadBalancerReader.DESCRIBE_LOAD_BALANCERS
                  .reader()
                  .read(new ByteArrayInputStream(cut)))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @Test
  void refusesAPageWithoutEnd() {
    assertThatThrownBy(() -> listeners(listener("80", "HTTP", "", "").repeat(10_001)))
        .hasMessage("lists more than 10000");
  }

  private static Page<List<Found>> loadBalancers(String members, String marker) throws IOException {
    return LoadBalancerReader.DESCRIBE_LOAD_BALANCERS
        .reader()
        .read(stream(answer("LoadBalancers", members, marker)));
  }

  private static Page<List<Listener>> listeners(String members) throws IOException {
    return LoadBalancerReader.DESCRIBE_LISTENERS
        .reader()
        .read(stream(answer("Listeners", members, "")));
  }

  private static String answer(String list, String members, String marker) {
    return """
    <Describe%1$sResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
      <Describe%1$sResult>
        <%1$s>%2$s</%1$s>
        %3$s
      </Describe%1$sResult>
      <ResponseMetadata><RequestId>6581c0ac-f39f-11e5-bb98-57195a6eb84a</RequestId></ResponseMetadata>
    </Describe%1$sResponse>\
    """
        .formatted(list, members, marker);
  }

  private static String loadBalancer(String arn, String scheme, String type) {
    return """
    <member>
      <LoadBalancerArn>%s</LoadBalancerArn>
      <Scheme>%s</Scheme>
      <LoadBalancerName>web</LoadBalancerName>
      <VpcId>vpc-3ac0fb5f</VpcId>
      <CanonicalHostedZoneId>Z2P70J7EXAMPLE</CanonicalHostedZoneId>
      <CreatedTime>2016-03-25T21:26:12.920Z</CreatedTime>
      <AvailabilityZones><member><SubnetId>subnet-8360a9e7</SubnetId><ZoneName>eu-west-1a</ZoneName></member></AvailabilityZones>
      <SecurityGroups><member>sg-5943793c</member></SecurityGroups>
      <DNSName>web-424835706.eu-west-1.elb.amazonaws.com</DNSName>
      <State><Code>active</Code></State>
      <Type>%s</Type>
    </member>
    """
        .formatted(arn, scheme, type);
  }

  private static String listener(String port, String protocol, String more, String actions) {
    return """
    <member>
      <ListenerArn>arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2</ListenerArn>
      <LoadBalancerArn>%s</LoadBalancerArn>
      <Port>%s</Port>
      <Protocol>%s</Protocol>
      %s
      <DefaultActions>%s</DefaultActions>
    </member>
    """
        .formatted(ARN, port, protocol, more, actions);
  }

  private static String forward() {
    return "<member><Type>forward</Type><TargetGroupArn>arn:aws:x</TargetGroupArn></member>";
  }

  private static String redirect(String protocol) {
    return "<member><Type>redirect</Type><RedirectConfig><Protocol>"
        + protocol
        + "</Protocol><Port>443</Port><StatusCode>HTTP_301</StatusCode></RedirectConfig></member>";
  }

  private static InputStream stream(String answer) {
    return new ByteArrayInputStream(answer.getBytes(UTF_8));
  }
}
