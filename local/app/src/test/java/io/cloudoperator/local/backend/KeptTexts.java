package io.cloudoperator.local.backend;

import static java.util.stream.Collectors.toMap;

import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.ScanId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of AWS's answers is kept, as the ninth of the claims in docs/security.md promises: whatever
 * else AWS says of a customer's account must be nowhere.
 */
final class KeptTexts {
  /** The fields whose texts are kept of a connection of any tier, by operation. */
  private static final Map<String, Set<String>> MINIMAL =
      Map.of(
          "GetCallerIdentity", Set.of("GetCallerIdentityResult.Account"),
          "DescribeRegions", Set.of("regionInfo.regionName"),
          "DescribeInstances", Set.of("instancesSet.platformDetails"));

  /** Those that are kept of the audit tier besides: names, addresses and kinds of APIs. */
  private static final Map<String, Set<String>> AUDIT =
      Map.ofEntries(
          Map.entry("GetRestApis", Set.of("item.id", "item.name")),
          Map.entry("GetResources", Set.of("item.path")),
          Map.entry("GetAuthorizers", Set.of("item.name", "item.type", "item.authType")),
          Map.entry("GetAuthorizer", Set.of("name", "authorizerType", "jwtConfiguration.issuer")),
          Map.entry(
              "GetStages",
              Set.of(
                  "item.stageName",
                  "items.stageName",
                  "items.createdDate",
                  "items.lastUpdatedDate")),
          Map.entry(
              "GetDomainNames",
              Set.of(
                  "item.domainName",
                  "item.distributionDomainName",
                  "item.regionalDomainName",
                  "items.domainName",
                  "domainNameConfigurations.apiGatewayDomainName")),
          Map.entry("GetVpcLinks", Set.of("item.name")),
          Map.entry(
              "GetApis",
              Set.of("items.apiId", "items.name", "items.apiEndpoint", "items.createdDate")),
          Map.entry("GetRoutes", Set.of("items.routeKey")),
          Map.entry("GetApiMappings", Set.of("items.apiMappingKey", "items.stage")),
          Map.entry("ListFunctions", Set.of("Functions.FunctionName")),
          Map.entry("ListFunctionUrlConfigs", Set.of("FunctionUrlConfigs.LastModifiedTime")),
          Map.entry(
              "ListGraphqlApis",
              Set.of("graphqlApis.apiId", "graphqlApis.name", "graphqlApis.authenticationType")),
          Map.entry("ListApis", Set.of("apis.apiId", "apis.name", "dns.HTTP", "dns.REALTIME")),
          Map.entry(
              "DescribeLoadBalancers",
              Set.of(
                  "LoadBalancers.LoadBalancerName",
                  "LoadBalancers.DNSName",
                  "LoadBalancers.CreatedTime")),
          Map.entry("DescribeListeners", Set.of("Listeners.SslPolicy")),
          Map.entry(
              "ListDistributions",
              Set.of(
                  "DistributionSummary.Id",
                  "DistributionSummary.DomainName",
                  "DistributionSummary.LastModifiedTime",
                  "Aliases.CNAME",
                  "Origin.DomainName",
                  "ViewerCertificate.MinimumProtocolVersion")),
          // From when to when events were looked up, and whose they could be.
          Map.entry("LookupEvents", Set.of("CloudTrailEvent.eventTime", "userIdentity.accountId")));

  /** Kept in the ledger of calls, whatever the operation: how AWS names and refuses a request. */
  private static final Pattern OF_EVERY_CALL =
      Pattern.compile("(?i)(.+\\.)?(x-amzn?-)?request-?id|.*\\bError\\.Code");

  /** Those requests are other people's too. */
  private static final String OF_AN_EVENT = "CloudTrailEvent.";

  /** What our flags' remedies say, and AWS too. */
  private static final Set<String> WORDS = Set.of("Management", "HTTP_301");

  /** What is said to everybody cannot be a secret. */
  private static final String PUBLISHED = published();

  private KeptTexts() {}

  private static String published() {
    try (Stream<Path> customer = Files.list(Repository.file("customer"))) {
      return Stream.concat(
              customer.filter(Files::isRegularFile),
              Stream.of("openapi.yaml", "docs/security.md").map(Repository::file))
          .map(KeptTexts::text)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields that are kept of a tier, as {@link #field} names them. */
  static Set<String> fields(Tier tier) {
    return (tier == Tier.MINIMAL ? Stream.of(MINIMAL) : Stream.of(MINIMAL, AUDIT))
        .flatMap(fields -> fields.entrySet().stream())
        .flatMap(operation ->
            operation.getValue().stream().map(field -> field + " of " + operation.getKey()))
        .collect(Collectors.toSet());
  }

  /** The texts that may be kept. */
  static Collection<Secret> kept(Tier tier, Set<AnswerText> answers) {
    Set<String> fields = fields(tier);
    return named(answers, text -> isKept(fields, text));
  }

  /** The texts that must be nowhere. What is a part of a text that is kept is none of them. */
  static Collection<Secret> secrets(Tier tier, Set<AnswerText> answers) {
    Set<String> fields = fields(tier);
    Collection<Secret> kept = kept(tier, answers);
    return named(
        answers,
        text ->
            !isKept(fields, text)
                && !isOurs(text.value())
                && kept.stream().noneMatch(other -> other.value().contains(text.value())));
  }

  /** The name of a text's field. */
  static String field(AnswerText text) {
    return text.field() + " of " + text.operation();
  }

  /** One of each value. Those of fewer than eight characters are met by chance, and left out. */
  private static Collection<Secret> named(Set<AnswerText> texts, Predicate<AnswerText> which) {
    return texts.stream()
        .filter(text -> text.value().length() >= SecretIndex.SHORTEST)
        .filter(which)
        .collect(
            toMap(
                AnswerText::value,
                text -> new Secret(field(text) + ": " + text.value(), text.value()),
                (one, _) -> one))
        .values();
  }

  private static boolean isKept(Set<String> fields, AnswerText text) {
    return fields.contains(field(text))
        || (OF_EVERY_CALL.matcher(text.field()).matches() && !text.field().startsWith(OF_AN_EVENT));
  }

  /** Published, or the name of one of our sessions: a UUID of the version that nobody else uses. */
  private static boolean isOurs(String value) {
    if (PUBLISHED.contains(value) || WORDS.contains(value)) {
      return true;
    }
    try {
      return new ScanId(value).value().equals(value);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
