import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.cloudoperator.sample.iam.AccessRequest;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Decides on requests as the sample AWS does, for policies.py to hold against another evaluator.
 *
 * <p>Standard input is a JSON array of what policies.py makes up, and standard output one of {@code
 * Allow}, {@code Deny} and {@code ImplicitDeny}.
 */
class Policies {
  private static final ObjectMapper JSON = new ObjectMapper();

  void main() throws Exception {
    ArrayNode decisions = JSON.createArrayNode();
    for (JsonNode asked : JSON.readTree(System.in)) {
      decisions.add(
          switch (decision(asked)) {
            case Decision.Allow _ -> "Allow";
            case Decision.ExplicitDeny _ -> "Deny";
            case Decision.ImplicitDeny _ -> "ImplicitDeny";
          });
    }
    System.out.println(decisions);
  }

  private static Decision decision(JsonNode asked) {
    Caller caller =
        new Caller(
            asked.path("account").asText(),
            asked.path("caller").asText(),
            asked.path("keys").path("aws:principalarn").asText(),
            asked.path("keys").path("aws:userid").asText(),
            policies(asked.path("serviceControl"), PolicyKind.SERVICE_CONTROL),
            policies(asked.path("permissions"), PolicyKind.IDENTITY),
            policy(asked.path("boundary"), PolicyKind.BOUNDARY),
            policy(asked.path("session"), PolicyKind.SESSION),
            asked.path("caller").asText().contains(":assumed-role/"),
            Optional.empty());
    Map<String, String> keys = new HashMap<>();
    asked.path("keys").properties().forEach(key -> keys.put(key.getKey(), key.getValue().asText()));
    AccessRequest request =
        new AccessRequest(asked.path("action").asText(), asked.path("resource").asText(), keys);
    return policy(asked.path("trust"), PolicyKind.TRUST)
        .map(trust -> {
          Role role = Role.of(request.resource(), trust, Optional.empty());
          return Evaluation.ofTrust(role, caller, List.of(request.action()), request);
        })
        .orElseGet(() -> Evaluation.ofIdentity(caller, request));
  }

  private static List<Policy> policies(JsonNode documents, PolicyKind kind) {
    return StreamSupport.stream(documents.spliterator(), false)
        .map(document -> Policy.parse(document.toString(), kind))
        .toList();
  }

  private static Optional<Policy> policy(JsonNode document, PolicyKind kind) {
    return document.isObject()
        ? Optional.of(Policy.parse(document.toString(), kind))
        : Optional.empty();
  }
}
