package io.cloudoperator.sample.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.JsonBody;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Lambda: functions and their URLs. */
public final class LambdaService extends Service {

  // https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
  private static final Paging.Rules PAGES =
      new Paging.Rules(
          "MaxItems",
          1,
          10_000,
          50,
          50,
          "Marker",
          message -> new AwsError(400, "InvalidParameterValueException", message));

  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  public LambdaService() {
    super("lambda", Protocol.REST_JSON, "", new LambdaGenerator());
  }

  @Override
  public String errorMembers(AwsError error) {
    return "\"Type\":\"%s\",".formatted(error.status() < 500 ? "User" : "Service");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/2015-03-31/functions", "ListFunctions", LambdaService::functions),
        Operation.get("/2021-10-31/functions/*/urls", "ListFunctionUrlConfigs", LambdaService::urls)
            .on(call -> arn(call, functionName(call))));
  }

  private static WireResponse functions(ServiceCall call) {
    return JsonBody.page(
        "Functions",
        call.page(call.held(FunctionFacts.class), PAGES),
        each -> function(call, each),
        "NextMarker");
  }

  private static WireResponse urls(ServiceCall call) {
    String name = functionName(call);
    FunctionFacts function =
        call.account()
            .all(FunctionFacts.class)
            .find(call.region(), name)
            .orElseThrow(() ->
                new AwsError(
                    404, "ResourceNotFoundException", "Function not found: " + arn(call, name)));
    return JsonBody.page(
        "FunctionUrlConfigs",
        call.page(function.urls(), PAGES),
        each -> url(call, function, each),
        "NextMarker");
  }

  private static String functionName(ServiceCall call) {
    String given = call.path().get(2);
    return given.substring(given.lastIndexOf(':') + 1);
  }

  private static String arn(ServiceCall call, String name) {
    return call.arn("function:" + name);
  }

  private static ObjectNode function(ServiceCall call, FunctionFacts function) {
    ObjectNode node =
        JsonBody.object()
            .put("FunctionName", function.id())
            .put("FunctionArn", arn(call, function.id()))
            .put("Runtime", function.runtime())
            .put(
                "Role",
                "arn:aws:iam::%s:role/%s".formatted(call.caller().accountId(), function.id()))
            .put("Handler", "index.handler")
            .put("CodeSize", 20_480)
            .put("Description", PlantedSecret.of("description"))
            .put("Timeout", 10)
            .put("MemorySize", 512)
            .put("LastModified", LAST_MODIFIED.format(function.modified()))
            .put("Version", "$LATEST")
            .put("PackageType", "Zip");
    ObjectNode variables = node.putObject("Environment").putObject("Variables");
    function.environment().forEach(variables::put);
    return node;
  }

  private static ObjectNode url(ServiceCall call, FunctionFacts function, FunctionFacts.Url url) {
    ObjectNode node =
        JsonBody.object()
            .put("FunctionUrl", "https://" + url.host() + "/")
            .put(
                "FunctionArn",
                arn(call, function.id()) + url.qualifier().map(each -> ":" + each).orElse(""))
            .put("AuthType", url.authType())
            .put("CreationTime", url.modified().toString())
            .put("LastModifiedTime", url.modified().toString())
            .put("InvokeMode", "BUFFERED");
    url.cors()
        .ifPresent(cors -> {
          ObjectNode form = node.putObject("Cors").put("AllowCredentials", cors.credentials());
          form.set("AllowOrigins", JsonBody.strings(cors.origins()));
          form.set("AllowMethods", JsonBody.strings(List.of("*")));
        });
    return node;
  }
}
