package io.cloudoperator.local.backend;

import io.cloudoperator.sample.SampleAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;

/** What anybody can send to AWS who has a session's credentials, whatever our own clients can. */
final class SignedRequest {
  // The JDK's client sets these itself.
  private static final Set<String> OWN = Set.of("host", "content-length");

  private SignedRequest() {}

  /** AWS's answer to a GET of a service's path in a region. */
  static HttpResponse<String> get(
      SampleAws aws, AwsCredentials credentials, String service, String region, String path)
      throws IOException, InterruptedException {
    URI uri = aws.endpoint().resolve(path);
    return send(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(uri)
            .putHeader("accept", "application/json")
            .build(),
        "",
        credentials,
        service,
        region);
  }

  /** AWS's answer to a form of the query protocol, of a service that is in one region. */
  static HttpResponse<String> post(
      SampleAws aws, AwsCredentials credentials, String service, String form)
      throws IOException, InterruptedException {
    return send(
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(aws.endpoint().resolve("/"))
            .putHeader("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .build(),
        form,
        credentials,
        service,
        "us-east-1");
  }

  private static HttpResponse<String> send(
      SdkHttpRequest unsigned,
      String body,
      AwsCredentials credentials,
      String service,
      String region)
      throws IOException, InterruptedException {
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                SignRequest.builder(credentials)
                    .request(unsigned)
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .build())
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(unsigned.getUri())
            .method(unsigned.method().name(), HttpRequest.BodyPublishers.ofString(body));
    signed
        .headers()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
