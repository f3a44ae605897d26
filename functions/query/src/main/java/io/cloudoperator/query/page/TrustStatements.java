package io.cloudoperator.query.page;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What those who operate a deployment say of it, beside what it knows of itself: the head of {@code
 * security-page.md}.
 *
 * @param kept what is stored of a connection, where, and until when
 * @param services of AWS that have something of it
 * @param certifications that the deployment holds
 */
record TrustStatements(
    List<String> stored,
    List<String> neverStored,
    List<Kept> kept,
    List<Service> services,
    List<Subprocessor> subprocessors,
    List<String> certifications,
    IamActions iamActions) {

  record Kept(String what, String where, String until) {}

  record Service(String service, String has) {}

  record Subprocessor(String name, String purpose, String location) {}

  /**
   * How many IAM actions AWS has.
   *
   * @param matched how many of them an action with a wildcard stands for
   * @param source who has counted them
   */
  record IamActions(int exist, Map<String, Integer> matched, String source) {
    IamActions {
      matched = Map.copyOf(matched);
    }

    /**
     * How many actions one that is granted stands for.
     *
     * @throws IllegalStateException if it has a wildcard that nobody has counted
     */
    int of(String granted) {
      if (!granted.contains("*")) {
        return 1;
      }
      Integer count = matched.get(granted);
      if (count == null) {
        throw new IllegalStateException(
            "security-page.md does not say how many actions " + granted + " stands for");
      }
      return count;
    }
  }

  /** With each text as this makes it. */
  TrustStatements filled(UnaryOperator<String> fill) {
    return new TrustStatements(
        stored.stream().map(fill).toList(),
        neverStored.stream().map(fill).toList(),
        kept.stream()
            .map(each ->
                new Kept(fill.apply(each.what), fill.apply(each.where), fill.apply(each.until)))
            .toList(),
        services.stream()
            .map(each -> new Service(fill.apply(each.service), fill.apply(each.has)))
            .toList(),
        subprocessors.stream()
            .map(each ->
                new Subprocessor(
                    fill.apply(each.name), fill.apply(each.purpose), fill.apply(each.location)))
            .toList(),
        certifications.stream().map(fill).toList(),
        iamActions);
  }
}
