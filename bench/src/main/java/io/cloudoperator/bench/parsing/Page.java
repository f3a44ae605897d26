package io.cloudoperator.bench.parsing;

import io.cloudoperator.bench.customer.DrainedAnswer;
import io.cloudoperator.bench.customer.SampleProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/** One full page of DescribeInstances, as EC2 writes it. */
final class Page {
  /** The most that EC2 puts on a page. */
  static final int INSTANCES = 1000;

  // EC2 indents each level by four blanks, and the sample AWS by one.
  private static final Pattern INDENT = Pattern.compile("(?m)^ +");
  private static final int BLANKS = 4;

  private Page() {}

  /** Writes the page to a file; its size in bytes. */
  static long write(Path root, Path file) throws IOException {
    DrainedAnswer answer = new DrainedAnswer();
    try (SampleProcess sample = SampleProcess.start(root, INSTANCES);
        SdkHttpClient http = UrlConnectionHttpClient.create();
        StsClient sts = sample.customer().sts(http);
        Ec2Client ec2 = sample.customer().ec2(sample.customer().assumeRole(sts), http, answer)) {
      ec2.describeInstances(request -> request.maxResults(INSTANCES));
    }
    String indented =
        INDENT
            .matcher(new String(answer.body(), StandardCharsets.UTF_8))
            .replaceAll(found -> Matcher.quoteReplacement(found.group().repeat(BLANKS)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, indented);
    return Files.size(file);
  }
}
