package io.cloudoperator.query;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.Authorization;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.runtime.Choice;
import io.cloudoperator.runtime.Line;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.CountedResources;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which APIs are asked for; all conditions must hold.
 *
 * @param exposure of the API; together with {@code authorization}, of one and the same route
 * @param authorization of at least one of its routes
 * @param name a part of its name or of a host under which it is called, whatever the case
 */
record ApiFilter(
    Optional<String> region,
    Optional<ApiKind> kind,
    Optional<Exposure> exposure,
    Optional<Authorization> authorization,
    Optional<RiskFlag.Kind> flag,
    Optional<String> name) {
  private static final int LONGEST = 256;

  /**
   * The filter of a request.
   *
   * @throws io.cloudoperator.http.ProblemException 400 that names the parameter at fault
   */
  static ApiFilter of(Request request) {
    return new ApiFilter(
        request.query("region", ApiFilter::region),
        request.query("kind", word -> Choice.of(ApiKinds.all(), ApiKind::name, word)),
        request.query("exposure", word -> Choice.of(Exposure.class, word)),
        request.query("authorization", word -> Choice.of(Authorization.class, word)),
        request.query("flag", word -> Choice.of(CountedResources.FLAGS, RiskFlag.Kind::code, word)),
        request.query("name", ApiFilter::line).map(ApiFilter::folded));
  }

  boolean admits(Api api) {
    return region.stream().allMatch(api.id().region()::equals)
        && kind.stream().allMatch(wanted -> api.id().kind().equals(wanted))
        && flag.stream().allMatch(wanted -> api.flags().containsKey(wanted))
        && name.stream().allMatch(part -> names(api).anyMatch(known -> known.contains(part)))
        && (authorization.isPresent()
            ? api.routes().stream().anyMatch(this::admits)
            : exposure.stream().allMatch(wanted -> api.exposure() == wanted));
  }

  private boolean admits(Route route) {
    return authorization.stream().allMatch(wanted -> route.authorization() == wanted)
        && exposure.stream().allMatch(wanted -> route.exposure() == wanted);
  }

  private static Stream<String> names(Api api) {
    return Stream.concat(
            Stream.of(api.name()), api.entrances().stream().map(entrance -> entrance.host()))
        .map(ApiFilter::folded);
  }

  /**
   * A region of AWS, or {@link ApiId#GLOBAL}.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  static String region(String text) {
    return text.equals(ApiId.GLOBAL) ? text : new RegionName(text).value();
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String line(String text) {
    if (text.isBlank() || !Line.hasAtMost(text, LONGEST)) {
      throw new IllegalArgumentException("it is 1 to " + LONGEST + " characters");
    }
    return text;
  }
}
