package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.http.Problem;
import io.cloudoperator.http.ProblemCode;
import io.cloudoperator.http.ProblemException;
import io.cloudoperator.scan.ScanId;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One HTTP request. Each part is checked when it is read, and ends the request if it is wrong. */
public final class Request {
  private static final Pattern PUBLIC_NAME =
      Pattern.compile("([A-Za-z0-9-]{1,63}\\.){1,126}+[A-Za-z][A-Za-z0-9-]{1,62}");

  // https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
  private static final int LONGEST_NAME = 253;

  private final APIGatewayV2HTTPEvent event;
  private final TenantClaims tenantClaims;
  private final Map<String, String> headers;

  Request(APIGatewayV2HTTPEvent event, TenantClaims tenantClaims) {
    this.event = event;
    this.tenantClaims = tenantClaims;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(orEmpty(event.getHeaders()));
  }

  /** The route key, such as {@code GET /connections/{connectionId}}. */
  public String route() {
    return Optional.ofNullable(event.getRouteKey()).orElse("");
  }

  /**
   * The public name of the host that was asked, such as {@code api.example.com}; empty where it has
   * none, as on a laptop.
   */
  public Optional<String> host() {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getDomainName)
        .filter(name -> name.length() <= LONGEST_NAME && PUBLIC_NAME.matcher(name).matches());
  }

  /**
   * The tenant that the verified token names.
   *
   * @throws ProblemException 403 if it names none, or none that can be one
   */
  public TenantId tenant() {
    Map<String, String> claims = claims();
    return tenantClaims
        .tenant(claims)
        .orElseThrow(
            () -> new ProblemException(ProblemCode.NO_TENANT, tenantClaims.demand(claims)));
  }

  /**
   * Refuses a person whose password was asked for too long ago: who finds a browser that is signed
   * in must not be able to do this. A machine has its secret.
   *
   * @throws ProblemException 403 if it was, or if the token does not say when
   */
  void signedInSince(Instant earliest) {
    Map<String, String> claims = claims();
    if (tenantClaims.ofPerson(claims)
        && authTime(claims).filter(time -> !time.isBefore(earliest)).isEmpty()) {
      throw new ProblemException(
          ProblemCode.SIGN_IN_AGAIN,
          "This takes a sign-in within the last ten minutes. Nothing was done; sign in, then try again.");
    }
  }

  // OpenID Connect's claim, in seconds, which API Gateway writes as text.
  private static Optional<Instant> authTime(Map<String, String> claims) {
    String seconds = claims.getOrDefault("auth_time", "");
    return seconds.matches("\\d{1,11}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
        : Optional.empty();
  }

  private Map<String, String> claims() {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
        .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
        .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT::getClaims)
        .orElse(Map.of());
  }

  /**
   * The path's {@code connectionId}.
   *
   * @throws ProblemException 404 if it is not of an id's form: then there is none of that id
   */
  public ConnectionId connection() {
    return path("connectionId", "connection", ConnectionId::new);
  }

  /**
   * The path's {@code scanId}.
   *
   * @throws ProblemException 404 if it is not of an id's form
   */
  public ScanId scan() {
    return path("scanId", "scan", ScanId::new);
  }

  Optional<ConnectionId> connectionIfAny() {
    return pathParameter("connectionId").flatMap(id -> parsed(id, ConnectionId::new));
  }

  private <T> T path(String name, String what, Function<String, T> parse) {
    return pathParameter(name)
        .flatMap(value -> parsed(value, parse))
        .orElseThrow(() -> new ProblemException(Problem.notFound(what)));
  }

  /** A parameter of the route's path; that of {@code {path+}} is {@code path}. */
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(orEmpty(event.getPathParameters()).get(name));
  }

  /** A parameter of the query string. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(orEmpty(event.getQueryStringParameters()).get(name));
  }

  /**
   * A parameter of the query string, as a value of ours.
   *
   * @throws ProblemException 400 that names the parameter, if it is of another form
   */
  public <T> Optional<T> query(String name, Function<String, T> parse) {
    return query(name).map(value -> Body.field(name, value, parse));
  }

  /**
   * A whole number from the query string.
   *
   * @throws ProblemException 400 that names the parameter, unless it is one from {@code least} to
   *     {@code most}
   */
  public int query(String name, int least, int most, int otherwise) {
    return query(
            name,
            value -> {
              if (value.matches("\\d{1,9}")) {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                  return number;
                }
              }
              throw new IllegalArgumentException(
                  "it is a whole number from " + least + " to " + most);
            })
        .orElse(otherwise);
  }

  /**
   * Refuses parameters of the query string that nobody reads, or that are given twice.
   *
   * @throws ProblemException 400 that names one which is not among these, or is there more than
   *     once
   */
  void onlyQuery(Set<String> known) {
    Set<String> given = new HashSet<>();
    for (String pair : Optional.ofNullable(event.getRawQueryString()).orElse("").split("&", -1)) {
      String name = name(pair);
      if (!given.add(name) && known.contains(name)) {
        throw new ProblemException(Problem.field(name, "It is given more than once."));
      }
    }
    for (String name : orEmpty(event.getQueryStringParameters()).keySet()) {
      if (!known.contains(name)) {
        throw new ProblemException(
            Problem.field(
                Body.shown(name),
                known.isEmpty()
                    ? "There is no such parameter; this route takes none."
                    : "There is no such parameter; it is one of "
                        + known.stream().sorted().collect(Collectors.joining(", "))
                        + "."));
      }
    }
  }

  private static String name(String pair) {
    String name = pair.substring(0, pair.indexOf('=') < 0 ? pair.length() : pair.indexOf('='));
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // API Gateway has read it somehow: it is among the parameters, and known or not.
      return name;
    }
  }

  /** A header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean bodyIsBlank() {
    return event.getBody() == null || event.getBody().isBlank();
  }

  /**
   * The body as text.
   *
   * @param most of its bytes
   * @throws ProblemException 413 if it is too large; 400 if it is no text
   */
  String text(int most) {
    byte[] bytes = body(most, () -> Body.tooLarge(most));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw Body.notText();
    }
  }

  /**
   * The body as it was sent.
   *
   * @param tooLarge what to answer if it has more than {@code most} bytes
   * @throws ProblemException that, or 400 if it is not the Base64 that it is said to be
   */
  byte[] body(int most, Supplier<ProblemException> tooLarge) {
    String body = Optional.ofNullable(event.getBody()).orElse("");
    // Four characters of base64 are three bytes.
    if (body.length() > (event.getIsBase64Encoded() ? most / 3 * 4 + 4 : most)) {
      throw tooLarge.get();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (event.getIsBase64Encoded()) {
      try {
        bytes = Base64.getDecoder().decode(bytes);
      } catch (IllegalArgumentException _) {
        throw Body.notText();
      }
    }
    if (bytes.length > most) {
      throw tooLarge.get();
    }
    return bytes;
  }

  private static <T> Optional<T> parsed(String value, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(value));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
