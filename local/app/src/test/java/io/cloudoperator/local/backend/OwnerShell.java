package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * A shell of the account's owner, in which published commands are typed as they stand. Those of
 * {@code aws iam} go to the sample AWS as the CLI sends them. What CloudFormation and Terraform do
 * with a role is done here: each takes away what it was told to give, and then the role.
 */
final class OwnerShell {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern CODE =
      Pattern.compile(
          """
          ```sh
          (.*?)```\
          """,
          Pattern.DOTALL);
  private static final Pattern RESOURCE =
      Pattern.compile(
          "^resource \"(\\w+)\" \"\\w+\" \\{\n(.*?)^}", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("= \"([^\"]*)\"");

  /** Of the CLI itself: what it makes of an answer. */
  private static final Set<String> OUTPUT = Set.of("--query", "--output");

  private final SampleAws aws;
  private final AwsBasicCredentials owner;

  /** The template of each stack, by region and name. */
  private final Map<String, Path> stacks = new HashMap<>();

  private final Path module;

  /**
   * A shell in a folder.
   *
   * @param module the Terraform module that was applied in it
   */
  OwnerShell(SampleAws aws, Path module) {
    this.aws = aws;
    this.module = module;
    AccessKey key = aws.customerCredentials();
    owner = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  /**
   * What a command came to.
   *
   * @param status of the last request to AWS
   * @param output AWS's answer
   */
  record Result(String command, int status, String output) {
    boolean succeeded() {
      return status == 200;
    }
  }

  /**
   * The commands for one tier in a block of code of a document.
   *
   * @param block which one after the heading, from 0; all of its commands, if it names no tier
   */
  static List<String> published(Path document, String heading, String tier, int block)
      throws IOException {
    String text = Files.readString(document);
    int at = text.indexOf("\n### " + heading + "\n");
    if (at < 0) {
      throw new AssertionError("no heading " + heading + " in " + document);
    }
    String code = CODE.matcher(text.substring(at)).results().toList().get(block).group(1);
    List<String> commands = new ArrayList<>();
    String of = tier;
    for (String line : code.lines().toList()) {
      if (line.startsWith("# ")) {
        of = line.substring(2);
      } else if (of.equals(tier)) {
        commands.add(line);
      }
    }
    return commands;
  }

  /** Types commands, one after the other, whatever each comes to. */
  List<Result> type(List<String> commands) throws Exception {
    List<Result> results = new ArrayList<>();
    for (String command : commands) {
      results.add(type(command));
    }
    return results;
  }

  Result type(String command) throws Exception {
    List<String> words = WORD.matcher(command).results().map(OwnerShell::unquoted).toList();
    if (words.equals(List.of("terraform", "destroy"))) {
      return new Result(command, destroy(), "");
    }
    return switch (String.join(" ", words.subList(0, 2))) {
      case "aws iam" -> iam(command, words.get(2), options(words, 3));
      case "aws cloudformation" -> new Result(command, cloudFormation(words), "");
      default -> throw new AssertionError("nobody has this command: " + command);
    };
  }

  private Result iam(String command, String operation, Map<String, List<String>> options)
      throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>();
    options.forEach((option, values) -> {
      if (!OUTPUT.contains(option)) {
        parameters.put(camel(option.substring(2)), String.join(" ", values));
      }
    });
    HttpResponse<String> answer = iam(camel(operation), parameters);
    return new Result(command, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> iam(String action, Map<String, String> parameters) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", action);
    form.put("Version", "2010-05-08");
    form.putAll(parameters);
    return SignedRequest.post(
        aws,
        owner,
        "iam",
        form.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(joining("&")));
  }

  private int cloudFormation(List<String> words) throws Exception {
    boolean waits = words.get(2).equals("wait");
    Map<String, List<String>> options = options(words, waits ? 4 : 3);
    String stack =
        single(options.getOrDefault("--region", List.of("us-east-1")))
            + " "
            + single(options.getOrDefault("--stack-name", List.of()));
    return switch (words.get(2)) {
      case "create-stack" -> {
        String url = single(options.getOrDefault("--template-url", List.of()));
        Path template = Repository.file("customer/" + url.substring(url.lastIndexOf('/') + 1));
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : options.getOrDefault("--parameters", List.of())) {
          String[] parts = parameter.split("ParameterKey=|,ParameterValue=", -1);
          parameters.put(parts[1], parts[2]);
        }
        aws.launch(aws.customerAccountId(), template, parameters);
        stacks.put(stack, template);
        yield 200;
      }
      // Succeeds where there is no such stack, and deletes nothing then:
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
      case "delete-stack" -> {
        Path template = stacks.get(stack);
        if (template != null && deleteRole(template) == 200) {
          stacks.remove(stack);
        }
        yield 200;
      }
      case "wait" -> stacks.containsKey(stack) ? 409 : 200;
      default -> throw new AssertionError("CloudFormation cannot " + words.get(2));
    };
  }

  private int deleteRole(Path template) throws Exception {
    JsonNode role;
    try (Reader source = Files.newBufferedReader(template)) {
      role = TemplateYaml.read(source);
    }
    String name = role.at("/Parameters/RoleName/Default").asText();
    List<String> inline = new ArrayList<>();
    List<String> attached = new ArrayList<>();
    role.at("/Resources/Role/Properties/Policies")
        .forEach(policy -> inline.add(policy.path("PolicyName").asText()));
    role.at("/Resources/Role/Properties/ManagedPolicyArns")
        .forEach(arn -> attached.add(managed(arn.toString())));
    return delete(name, inline, attached);
  }

  /** Dependents go before what they depend on, and what is no resource of the module stays. */
  private int destroy() throws Exception {
    String text = Files.readString(module);
    List<String> inline = new ArrayList<>();
    List<String> attached = new ArrayList<>();
    for (MatchResult resource : RESOURCE.matcher(text).results().toList()) {
      String body = resource.group(2);
      String type = resource.group(1);
      if (!type.equals("aws_iam_role") && !body.contains(" = aws_iam_role.cloudoperator.name\n")) {
        throw new AssertionError("nothing says that this goes before the role: " + body);
      }
      switch (type) {
        case "aws_iam_role" -> {}
        case "aws_iam_role_policy" ->
            inline.add(QUOTED.matcher(body).results().findFirst().orElseThrow().group(1));
        case "aws_iam_role_policy_attachment" -> attached.add(managed(body));
        default -> throw new AssertionError("nobody knows how this is destroyed: " + type);
      }
    }
    String name =
        text.substring(text.indexOf("variable \"role_name\""))
            .lines()
            .filter(line -> line.strip().startsWith("default"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*\"(.*)\".*", "$1");
    return delete(name, inline, attached);
  }

  private int delete(String role, List<String> inline, List<String> attached) throws Exception {
    for (String name : inline) {
      iam("DeleteRolePolicy", Map.of("RoleName", role, "PolicyName", name));
    }
    for (String arn : attached) {
      iam("DetachRolePolicy", Map.of("RoleName", role, "PolicyArn", arn));
    }
    return iam("DeleteRole", Map.of("RoleName", role)).statusCode();
  }

  private static String managed(String text) {
    return "arn:aws:iam::aws:policy/" + text.replaceFirst("(?s).*:policy/(\\w+).*", "$1");
  }

  private static Map<String, List<String>> options(List<String> words, int from) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    String option = "";
    for (String word : words.subList(from, words.size())) {
      if (word.startsWith("--")) {
        option = word;
        options.put(option, new ArrayList<>());
      } else {
        options.computeIfAbsent(option, _ -> new ArrayList<>()).add(word);
      }
    }
    return options;
  }

  private static String single(List<String> values) {
    if (values.size() != 1) {
      throw new AssertionError("one value is needed: " + values);
    }
    return values.getFirst();
  }

  /** As AWS's API calls what the CLI calls {@code role-name}. */
  private static String camel(String words) {
    return Stream.of(words.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(joining());
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) == null ? word.group(2) : word.group(1);
  }
}
