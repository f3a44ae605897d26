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
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                SignRequest.builder(credentials)
                    .request(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri).build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .build())
            .request();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("accept", "application/json");
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
