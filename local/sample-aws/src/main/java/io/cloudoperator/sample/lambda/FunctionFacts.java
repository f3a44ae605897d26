package io.cloudoperator.sample.lambda;

import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Regional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Lambda function.
 *
 * @param id its name
 * @param environment in which every value is a secret
 */
public record FunctionFacts(
    String region,
    String id,
    String runtime,
    Instant modified,
    Map<String, String> environment,
    List<Url> urls)
    implements Regional {

  public FunctionFacts {
    environment = Map.copyOf(environment);
    urls = List.copyOf(urls);
  }

  /** Each of its URLs. */
  @Override
  public int apis() {
    return urls.size();
  }

  /**
   * A URL of a function.
   *
   * @param qualifier the alias that it is of, if any
   * @param host such as {@code abc.lambda-url.eu-west-1.on.aws}
   * @param authType NONE or AWS_IAM
   */
  public record Url(
      Optional<String> qualifier,
      String host,
      String authType,
      Optional<CorsFacts> cors,
      Instant modified) {}
}
