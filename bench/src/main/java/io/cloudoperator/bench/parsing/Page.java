package io.cloudoperator.bench.parsing;

import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** One full page of DescribeInstances, as EC2 writes it. */
final class Page {
  /** The most that EC2 puts on a page. */
  static final int INSTANCES = 1000;

  // EC2 indents each level by four blanks, and the sample AWS by one.
  private static final Pattern INDENT = Pattern.compile("(?m)^ +");
  private static final int BLANKS = 4;

  private Page() {}

  /** Writes the page to a file; its size in bytes. */
  static long write(Path file) throws IOException {
    AtomicReference<String> body = new AtomicReference<>("");
    try (SampleAws aws =
            SampleAws.start(
                SampleConfig.defaults()
                    .withInstances(INSTANCES)
                    .withRegions(1)
                    .withUnevenPages(false));
        SdkHttpClient http = UrlConnectionHttpClient.create();
        Ec2Client ec2 =
            Ec2Client.builder()
                .httpClient(http)
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(
                            aws.customerCredentials().accessKeyId(),
                            aws.customerCredentials().secretAccessKey())))
                .overrideConfiguration(o -> o.addExecutionInterceptor(new Listener(body)))
                .build()) {
      ec2.describeInstances(request -> request.maxResults(INSTANCES));
    }
    String indented =
        INDENT
            .matcher(body.get())
            .replaceAll(found -> Matcher.quoteReplacement(found.group().repeat(BLANKS)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, indented);
    return Files.size(file);
  }

  /** Keeps the body of an answer as it came. */
  private record Listener(AtomicReference<String> body) implements ExecutionInterceptor {
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes about) {
      return context
          .responseBody()
          .map(answer -> {
            try {
              byte[] bytes = answer.readAllBytes();
              body.set(new String(bytes, StandardCharsets.UTF_8));
              return new ByteArrayInputStream(bytes);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
