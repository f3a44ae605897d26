package io.cloudoperator.service.lambda;

import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.ReadRound;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.DiscoveryScope;
import io.cloudoperator.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Which functions are asked for their URLs, and what is known of the others. */
class FunctionTurnsTest {
  private static final Inventory.Source SOURCE =
      new Inventory.Source(IRELAND.value(), Lambda.FUNCTION_URLS);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(90));
  private static final Instant FIRST = NOW.minus(Duration.ofDays(3));
  private static final Instant SECOND = NOW.minus(Duration.ofDays(2));
  private static final Instant THIRD = NOW.minus(Duration.ofDays(1));

  /** What ListFunctions has; all have a URL. */
  private final Map<String, Instant> functions = new TreeMap<>();

  private final List<FunctionUrl> urls = new ArrayList<>();
  private final List<ReadRound> rounds = new ArrayList<>();
  private final Set<String> askedFor = ConcurrentHashMap.newKeySet();
  private Optional<Answer> refused = Optional.empty();
  private InstantSource clock = InstantSource.fixed(NOW);

  @Test
  void asksFirstForWhatNoScanHasComeToAndForWhatWasChangedSince() {
    functions.put("a", LONG_AGO);
    earlier("a", SECOND);
    functions.put("b", LONG_AGO);
    earlier("b", FIRST);
    functions.put("changed", NOW);
    earlier("changed", THIRD);
    functions.put("new-1", LONG_AGO);
    functions.put("new-2", LONG_AGO);

    assertThat(functions(scan(Instant.MAX))).containsExactly("new-1", "changed", "new-2", "b", "a");
  }

  @Test
  void takesTurnsBetweenWhatWasChangedAndWhatWasReadTheLongestAgo() {
    functions.put("a", LONG_AGO);
    earlier("a", THIRD);
    functions.put("b", LONG_AGO);
    rounds.add(ReadRound.of(FIRST, List.of(ReadRound.fingerprint("b"))));
    functions.put("changed-1", NOW);
    earlier("changed-1", SECOND);
    functions.put("changed-2", NOW);
    earlier("changed-2", FIRST);

    SourceReadings read = scan(Instant.MAX);

    assertThat(functions(read)).containsExactly("changed-2", "b", "changed-1", "a");
    assertThat(read.progress()).isEmpty();
  }

  /** Two clocks are in it, ours and AWS's. */
  @Test
  void takesWhatWasChangedWithinTwoMinutesOfTheScanForChangedSince() {
    functions.put("a", SECOND.minus(Duration.ofMinutes(2)));
    earlier("a", SECOND);
    functions.put("b", SECOND.minus(Duration.ofMinutes(2)).plusMillis(1));
    earlier("b", SECOND);

    assertThat(functions(scan(Instant.MAX))).containsExactly("b", "a");
  }

  @Test
  void hasOfThoseThatItDoesNotComeToWhatWasReadOfThem() {
    functions.put("a", LONG_AGO);
    functions.put("b", LONG_AGO);
    functions.put("c", LONG_AGO);
    earlier("a", SECOND);
    rounds.add(ReadRound.of(FIRST, List.of(ReadRound.fingerprint("b"))));

    SourceReadings read = scan(NOW.minusMillis(1));

    assertThat(read.facts(Lambda.FUNCTION_URLS))
        .extracting(FunctionUrl::function, FunctionUrl::readAt)
        .containsExactly(tuple("a", Optional.of(SECOND)));
    assertThat(read.progress())
        .containsExactly(
            Map.entry(
                Lambda.FUNCTION_URLS,
                new SourceProgress(
                    3,
                    2,
                    List.of("c"),
                    Optional.of(FIRST),
                    List.of(
                        ReadRound.of(FIRST, List.of(ReadRound.fingerprint("b"))),
                        ReadRound.of(SECOND, List.of(ReadRound.fingerprint("a")))))));
  }

  @Test
  void tellsOfThoseThatItCameToThatTheyWereReadNow() {
    functions.put("a", LONG_AGO);
    functions.put("b", LONG_AGO);
    functions.put("c", LONG_AGO);
    AtomicInteger looks = new AtomicInteger();
    clock = () -> looks.getAndIncrement() == 0 ? NOW : NOW.plusSeconds(9);

    SourceReadings read = scan(NOW.plusSeconds(1));

    String now = functions(read).getFirst();
    assertThat(functions(read)).hasSize(1);
    assertThat(read.progress().get(Lambda.FUNCTION_URLS))
        .isEqualTo(
            new SourceProgress(
                3,
                1,
                functions.keySet().stream().filter(name -> !name.equals(now)).toList(),
                Optional.empty(),
                List.of(ReadRound.of(NOW, List.of(ReadRound.fingerprint(now))))));
  }

  @Test
  void asksForNoMoreOfThemOnceAwsThrottles() {
    for (int i = 0; i < 200; i++) {
      functions.put("f" + i, LONG_AGO);
    }
    refused = Optional.of(Answer.jsonError(429, "TooManyRequestsException", "Rate exceeded"));

    assertThatThrownBy(() -> scan(Instant.MAX)).isInstanceOf(AwsServiceException.class);
    assertThat(askedFor).isNotEmpty().hasSizeLessThan(100);
  }

  @Test
  void judgesAUrlThatItDoesNotReadAgainAsBefore() {
    for (FunctionUrl url :
        List.of(
            url("f", "", "NONE", Optional.empty()),
            url("f", "live", "AWS_IAM", Optional.of(new Cors(true, true))),
            url("f", "", "OF_TOMORROW", Optional.of(new Cors(true, false))))) {
      urls.clear();
      urls.add(url);
      functions.put("f", LONG_AGO);

      SourceReadings read = scan(NOW.minusMillis(1));

      assertThat(read.facts(Lambda.FUNCTION_URLS))
          .singleElement()
          .satisfies(kept -> {
            assertThat(kept.qualifier()).isEqualTo(url.qualifier());
            assertThat(account().with(kept).api()).isEqualTo(account().with(url).api());
          });
    }
  }

  private void earlier(String function, Instant readAt) {
    urls.add(
        new FunctionUrl(
            function,
            "",
            host(function),
            "NONE",
            Optional.empty(),
            Optional.empty(),
            Optional.of(readAt)));
  }

  private static FunctionUrl url(
      String function, String qualifier, String authType, Optional<Cors> cors) {
    return new FunctionUrl(
        function, qualifier, host(function), authType, cors, Optional.empty(), Optional.of(SECOND));
  }

  private static String host(String function) {
    return function + ".lambda-url.eu-west-1.on.aws";
  }

  private static List<String> functions(SourceReadings read) {
    return read.facts(Lambda.FUNCTION_URLS).stream().map(FunctionUrl::function).toList();
  }

  private SourceReadings scan(Instant until) {
    Inventory before = account().with(urls.toArray(FunctionUrl[]::new)).inventory();
    Inventory known =
        new Inventory(
            before.read(),
            before.unread(),
            before.apis(),
            List.of(
                new Inventory.Progress(
                    SOURCE, new SourceProgress(1, 1, List.of(), Optional.empty(), rounds))));
    EarlierApis earlier =
        EarlierApis.of(List.of(SOURCE), List.of(new EarlierApis.Scanned(known, THIRD)));
    try (CannedAws aws = new CannedAws(this::answer)) {
      return Sessions.discover(
          new Lambda().regional(),
          new DiscoveryScope(IRELAND.value(), earlier, clock, NOW, until),
          aws);
    }
  }

  private Answer answer(Asked asked) {
    String[] path = asked.path().split("/", -1);
    if (path[path.length - 1].equals("urls")) {
      String function = path[path.length - 2];
      askedFor.add(function);
      return refused.orElseGet(() ->
          Answer.ok(
              """
              {"FunctionUrlConfigs":[{"FunctionUrl":"https://%s/","AuthType":"NONE",
               "FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:%s"}]}\
              """
                  .formatted(host(function), function)));
    }
    return Answer.ok(
        functions.entrySet().stream()
            .map(function ->
                "{\"FunctionName\":\"%s\",\"LastModified\":\"%s\"}"
                    .formatted(function.getKey(), function.getValue()))
            .collect(joining(",", "{\"Functions\":[", "]}")));
  }
}
