package io.cloudoperator.sample.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.apis.FunctionFacts;
import io.cloudoperator.sample.apis.SampleApis;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Json;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.Permission;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda in REST-JSON. Requests that are not answered are authorized all the same. */
public final class LambdaService implements Service {

  // https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
  private static final int MOST_ASKED = 10_000;
  private static final int MOST = 50;

  private static final Pattern FUNCTIONS = Pattern.compile("/2015-03-31/functions/?");
  private static final Pattern URLS = Pattern.compile("/2021-10-31/functions/([^/]+)/urls");

  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  private final Function<String, SampleApis> apis;
  private final Paging paging;

  /**
   * @param apis those of the account of an id
   */
  public LambdaService(Function<String, SampleApis> apis, Paging paging) {
    this.apis = apis;
    this.paging = paging;
  }

  @Override
  public ServiceName name() {
    return ServiceName.LAMBDA;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params params = Params.parse(request.rawQuery());
    if (request.method().equals("GET") && FUNCTIONS.matcher(request.rawPath()).matches()) {
      return new Call.Operation("ListFunctions", params);
    }
    if (request.method().equals("GET") && URLS.matcher(request.rawPath()).matches()) {
      return new Call.Operation("ListFunctionUrlConfigs", params);
    }
    // A path of Lambda's does not tell its operation to who has no table of them.
    return new Call.Operation("Unknown" + request.method(), params);
  }

  @Override
  public Reply answer(Call call) {
    List<FunctionFacts> functions =
        apis.apply(call.caller().accountId()).functions().in(call.region());
    return switch (call.action()) {
      case "ListFunctions" -> {
        require(call, "*");
        call.params().onlyKnown(Set.of("MaxItems", "Marker"), LambdaService::unknown);
        yield listed(call, functions, "Functions", each -> function(call, each));
      }
      case "ListFunctionUrlConfigs" -> {
        String name = functionName(call.request());
        require(call, arn(call, name));
        call.params().onlyKnown(Set.of("MaxItems", "Marker"), LambdaService::unknown);
        FunctionFacts function =
            functions.stream()
                .filter(each -> each.id().equals(name))
                .findFirst()
                .orElseThrow(() ->
                    new AwsError(
                        404,
                        "ResourceNotFoundException",
                        "Function not found: " + arn(call, name)));
        yield listed(
            call, function.urls(), "FunctionUrlConfigs", each -> url(call, function, each));
      }
      default -> {
        require(call, "*");
        throw new AwsError(
            501, "NotImplementedException", "The sample AWS does not implement this call");
      }
    };
  }

  private static void require(Call call, String resource) {
    Permission.require(call, "lambda:" + call.action(), resource, "AccessDeniedException");
  }

  private static String functionName(WireRequest request) {
    Matcher matcher = URLS.matcher(request.rawPath());
    if (!matcher.matches()) {
      throw new IllegalStateException(request.rawPath());
    }
    String given = URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
    return given.substring(given.lastIndexOf(':') + 1);
  }

  private static String arn(Call call, String name) {
    return "arn:aws:lambda:%s:%s:function:%s"
        .formatted(call.region(), call.caller().accountId(), name);
  }

  private <T> Reply listed(Call call, List<T> all, String member, Function<T, ObjectNode> form) {
    int most =
        call.params()
            .number(
                "MaxItems",
                1,
                MOST_ASKED,
                MOST,
                () -> invalid("MaxItems is a number from 1 to " + MOST_ASKED));
    Paging.Page<T> page =
        paging
            .ifAsked(call.params().has("MaxItems"))
            .page(
                all,
                call.caller().accountId() + "/" + call.region() + call.request().rawPath(),
                call.params().get("Marker"),
                Math.min(most, MOST),
                () -> invalid("Invalid Marker"));
    ObjectNode body = Json.object();
    body.set(member, Json.array(page.items(), form));
    page.next().ifPresent(marker -> body.put("NextMarker", marker));
    return Json.reply(body);
  }

  private static ObjectNode function(Call call, FunctionFacts function) {
    ObjectNode node =
        Json.object()
            .put("FunctionName", function.id())
            .put("FunctionArn", arn(call, function.id()))
            .put("Runtime", function.runtime())
            .put(
                "Role",
                "arn:aws:iam::%s:role/%s".formatted(call.caller().accountId(), function.id()))
            .put("Handler", "index.handler")
            .put("CodeSize", 20_480)
            .put("Description", "")
            .put("Timeout", 10)
            .put("MemorySize", 512)
            .put("LastModified", LAST_MODIFIED.format(function.modified()))
            .put("Version", "$LATEST")
            .put("PackageType", "Zip");
    ObjectNode variables = node.putObject("Environment").putObject("Variables");
    function.environment().forEach(variables::put);
    return node;
  }

  private static ObjectNode url(Call call, FunctionFacts function, FunctionFacts.Url url) {
    ObjectNode node =
        Json.object()
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
          form.set("AllowOrigins", Json.strings(cors.origins()));
          form.set("AllowMethods", Json.strings(List.of("*")));
        });
    return node;
  }

  private static AwsError unknown(String name) {
    return invalid("The sample AWS does not support the parameter " + name);
  }

  private static AwsError invalid(String message) {
    return new AwsError(400, "InvalidParameterValueException", message);
  }
}
