package io.cloudoperator.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.local.simulation.Network.Answer;
import io.cloudoperator.local.simulation.Network.Signed;
import io.cloudoperator.local.simulation.Weather.CustomerFault;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.sample.control.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Calls to the customer's account: what of them fails, and what was seen of them from outside. */
final class CustomerCalls {
  private static final Pattern ACCESS_KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
  private static final Pattern SESSION_NAME = Pattern.compile("RoleSessionName=([^&]+)");
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "<SecretAccessKey>([^<]+)</SecretAccessKey>|<SessionToken>([^<]+)</SessionToken>");
  private static final Pattern REQUEST_ID =
      Pattern.compile("x-amzn?-request-?id", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN =
      Pattern.compile(
          "(<(?:nextToken|NextToken|NextMarker|NextContinuationToken|Marker)>|"
              + "\"(?:nextToken|NextToken|NextMarker|position)\":\")[^<\"]+");

  /** Of the role of ours that is assumed to tell a customer's denial from a fault of ours. */
  private static final String CANARY = "RoleArn=arn%3Aaws%3Aiam%3A%3A" + Deployment.BROKER;

  private static final String END_OF_INSTANCES = "</DescribeInstancesResponse>";

  private static final Duration DRIP = Duration.ofSeconds(4);
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final World world;
  private final Network network;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, String> sessions = new HashMap<>();
  private final Map<String, Answer> circles = new HashMap<>();
  private int tokens;

  CustomerCalls(World world, Network network) {
    this.world = world;
    this.network = network;
  }

  /**
   * An attempt to call the customer's account, as it looked from outside.
   *
   * @param session the name of the role's session that made it, or asked for it
   * @param status 0 where none came back
   */
  record Attempt(
      Instant at, String session, String service, String region, String requestId, int status) {}

  List<Attempt> attempts() {
    return attempts;
  }

  /** Makes one, which may fail as the weather is. */
  HttpExecuteResponse call(SdkHttpRequest request, byte[] body, Signed signed) throws IOException {
    String text = new String(body, UTF_8);
    Matcher named = SESSION_NAME.matcher(text);
    boolean assuming = text.contains("Action=AssumeRole&") || text.startsWith("Action=AssumeRole");
    String session =
        assuming && named.find() ? named.group(1) : sessions.getOrDefault(signed.accessKey(), "");
    String kind = signed.service() + '/' + signed.region();
    Optional<CustomerFault> fault = world.weather().customer(kind);
    Instant at = world.now();
    String requestId = "";
    int status = 0;
    try {
      if (fault.filter(CustomerFault.UNREACHABLE::equals).isPresent()) {
        throw new ConnectException("Connection refused");
      }
      Answer answer =
          network.after(() -> {
            Answer made = answer(request, body, signed, fault, session + kind);
            learn(made, assuming, session);
            if (fault.filter(CustomerFault.TIMED_OUT::equals).isPresent()) {
              Network.pause(Network.SOCKET_TIMEOUT);
              throw new SocketTimeoutException("Read timed out");
            }
            return made;
          });
      status = answer.status;
      requestId = requestId(answer);
      return Network.response(answer, content(answer, fault));
    } finally {
      if (!text.contains(CANARY)) {
        attempts.add(
            new Attempt(at, session, signed.service(), signed.region(), requestId, status));
      }
      world.trace(
          session + " " + kind + " " + fault.map(Enum::name).orElse("") + status + requestId);
    }
  }

  private Answer answer(
      SdkHttpRequest request,
      byte[] body,
      Signed signed,
      Optional<CustomerFault> fault,
      String listing)
      throws IOException {
    Optional<Fault> refusal =
        switch (fault.orElse(null)) {
          case THROTTLED ->
              Optional.of(
                  signed.service().equals("ec2")
                      ? Fault.throttle(1)
                      : Fault.error(429, "TooManyRequestsException", "Too many requests"));
          case SERVER_ERROR -> Optional.of(Fault.internalError());
          case DENIED ->
              Optional.of(
                  signed.service().equals("ec2")
                      ? Fault.unauthorized()
                      : Fault.error(403, "AccessDenied", "no"));
          case EXPIRED ->
              Optional.of(
                  signed.service().equals("ec2")
                      ? Fault.error(400, "RequestExpired", "Request has expired.")
                      : Fault.error(403, "ExpiredToken", "The token has expired"));
          case null, default -> Optional.empty();
        };
    if (fault.filter(CustomerFault.CIRCLING_PAGES::equals).isPresent()) {
      Answer before = circles.get(listing);
      if (before != null && TOKEN.matcher(new String(before.body, UTF_8)).find()) {
        return again(before);
      }
    }
    refusal.ifPresent(error ->
        world.sample().faults().next(signed.service(), Faults.ANY, signed.region(), error));
    Answer answer = network.sample(request, body);
    world.sample().faults().clear();
    if (answer.status == 200) {
      circles.put(listing, answer);
    }
    if (fault.filter(CustomerFault.ENDLESS_PAGES::equals).isPresent() && answer.status == 200) {
      Network.pause(SLOW);
      return endless(answer);
    }
    return answer;
  }

  /** The same, as the answer to another request. */
  private static Answer again(Answer before) {
    Map<String, List<String>> headers = new HashMap<>(before.headers);
    headers.replaceAll((name, values) ->
        REQUEST_ID.matcher(name).matches() ? List.of(UUID.randomUUID().toString()) : values);
    return new Answer(before.status, headers, before.body);
  }

  /** The same page, with the token of another one that is as new as the last. */
  private Answer endless(Answer answer) {
    String text = new String(answer.body, UTF_8);
    if (text.contains(END_OF_INSTANCES) && !text.contains("<nextToken>")) {
      text = text.replace(END_OF_INSTANCES, "<nextToken>x</nextToken>" + END_OF_INSTANCES);
    }
    return new Answer(
        200,
        answer.headers,
        TOKEN.matcher(text).replaceAll("$1endless" + tokens++).getBytes(UTF_8));
  }

  private InputStream content(Answer answer, Optional<CustomerFault> fault) {
    byte[] body = answer.body;
    return switch (fault.orElse(null)) {
      case RESET_IN_BODY -> new FaultyBody(body, body.length / 2, true);
      case TRUNCATED -> new FaultyBody(body, body.length / 2, false);
      case MALFORMED -> new ByteArrayInputStream("<<{\"not\": what AWS says".getBytes(UTF_8));
      case DRIPPING -> new FaultyBody(body, body.length, false, DRIP);
      case null, default -> new ByteArrayInputStream(body);
    };
  }

  /** Who calls with the credentials that STS gives out, and that they are secret. */
  private void learn(Answer answer, boolean assuming, String session) {
    if (assuming && answer.status == 200) {
      String text = new String(answer.body, UTF_8);
      Matcher key = ACCESS_KEY.matcher(text);
      if (key.find()) {
        sessions.put(key.group(1), session);
      }
      CREDENTIALS
          .matcher(text)
          .results()
          .forEach(found ->
              world.secret(
                  "a session's credentials",
                  Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2))));
    }
  }

  private static String requestId(Answer answer) {
    return answer.headers.entrySet().stream()
        .filter(header -> REQUEST_ID.matcher(header.getKey()).matches())
        .map(header -> header.getValue().getFirst())
        .findFirst()
        .orElse("");
  }
}
