package io.cloudoperator.local.backend;

import io.cloudoperator.cloudformation.ReferenceResolver;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.gateway.JwtVerifier;
import io.cloudoperator.platform.states.Definition;
import io.cloudoperator.platform.states.StateMachineRunner;
import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.JwtAuthorizer;
import io.cloudoperator.platform.template.StateMachine;
import io.cloudoperator.platform.template.Template;
import io.cloudoperator.platform.template.Trigger;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.sample.SampleAws;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** template.yaml with the values that a stack of it would have on this laptop. */
final class LocalDeployment {
  private static final String ISSUER = "https://cloudoperator.local";

  private static final String AUDIENCE = "cloudoperator";
  private static final String REGION = "us-east-1";

  private final Template template;
  private final ReferenceResolver resolver;
  private final Optional<URI> customerEndpoint;

  private LocalDeployment(
      Template template, ReferenceResolver resolver, Optional<URI> customerEndpoint) {
    this.template = template;
    this.resolver = resolver;
    this.customerEndpoint = customerEndpoint;
  }

  /** With the sample's keys, in the sample's broker account. */
  static LocalDeployment of(SampleAws sample, CustomerSide side, Map<String, String> parameters)
      throws IOException {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "JwtIssuer",
                ISSUER,
                "JwtAudience",
                AUDIENCE,
                "ProofPolicy",
                side.proof().name().toLowerCase(Locale.ROOT),
                "AWS::AccountId",
                sample.brokerAccountId(),
                "AWS::Region",
                REGION,
                "AWS::Partition",
                partition(side)));
    values.putAll(parameters);
    Template template = Template.read(Repository.file("template.yaml"), values);
    return new LocalDeployment(
        template,
        ReferenceResolver.of(
                Map.of(
                    "Key.Arn", sample.kmsKeyArn(),
                    "ReceiptKey.Arn", sample.signingKeyArn(),
                    "CanaryRole.Arn", canary(sample, side)))
            .orElse(template.names()),
        switch (side) {
          case CustomerSide.Sample _ -> Optional.of(sample.endpoint());
          case CustomerSide.Remote remote -> remote.endpoint();
        });
  }

  /** Nothing is made in an account of AWS's: there, whether a role was revoked is not concluded. */
  private static String canary(SampleAws sample, CustomerSide side) {
    return switch (side) {
      case CustomerSide.Sample _ -> SampleCustomer.canary(sample);
      case CustomerSide.Remote _ -> "";
    };
  }

  private static String partition(CustomerSide side) {
    return switch (side) {
      case CustomerSide.Sample _ -> "aws";
      case CustomerSide.Remote remote -> remote.role().partition().id();
    };
  }

  Template template() {
    return template;
  }

  String region() {
    return REGION;
  }

  String eventBus() {
    return resolver.resolve("EventBus").orElseThrow();
  }

  /** What the template sets for a function, and where the customer's side is. */
  Settings settings(String function) {
    Map<String, String> environment = new HashMap<>(environment(function));
    customerEndpoint.ifPresent(url -> environment.put("CUSTOMER_ENDPOINT_URL", url.toString()));
    return Settings.of(environment);
  }

  /** The environment that the template, and Lambda, give a function. */
  Map<String, String> environment(String function) {
    Map<String, String> environment = new HashMap<>(template.environment(function, resolver));
    environment.put("AWS_REGION", REGION);
    return environment;
  }

  /** How long Lambda would let a function run. */
  Duration timeout(String function) {
    return template.functions().stream()
        .filter(candidate -> candidate.logicalId().equals(function))
        .map(FunctionResource::timeoutSeconds)
        .map(Duration::ofSeconds)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("template.yaml has no function " + function));
  }

  /** Who issues tokens: nothing is ever fetched from there. */
  String issuer() {
    return template.triggers(Trigger.HttpRoute.class).stream()
        .flatMap(route -> template.authorizers(route.api(), resolver).values().stream())
        .map(JwtAuthorizer::issuer)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("template.yaml has no authorizer"));
  }

  /** The authorizers of the API, each with who verifies its tokens. */
  Map<String, JwtVerifier> authorizers(
      java.util.function.Function<JwtAuthorizer, JwtVerifier> verifier) {
    return template.triggers(Trigger.HttpRoute.class).stream()
        .map(Trigger.HttpRoute::api)
        .distinct()
        .flatMap(api -> template.authorizers(api, resolver).entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> verifier.apply(entry.getValue())));
  }

  /** The state machines, ready to run. Their tasks name functions by the ARN of an alias. */
  List<StateMachineRunner> stateMachines(FunctionInvoker functions) throws IOException {
    List<StateMachineRunner> machines = new ArrayList<>();
    for (StateMachine machine : template.stateMachines()) {
      String arn = resolver.resolve(machine.logicalId()).orElseThrow();
      machines.add(
          new StateMachineRunner(
              arn,
              Definition.read(template.definition(machine, resolver)),
              StateMachineRunner.Tools.real(
                  (function, payload) -> functions.invoke(logicalId(function), payload))));
    }
    return machines;
  }

  /** {@code arn:aws:lambda:<region>:<account>:function:<logical id>:live}. */
  private static String logicalId(String functionArn) {
    return functionArn.split(":", -1)[6];
  }
}
