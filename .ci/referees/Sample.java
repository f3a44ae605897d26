import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.AccessKey;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Service;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Serves a sample AWS until standard input ends, for answers.py. Standard output is one line of
 * JSON: where it is, its keys, the role that the customer's template (the only argument) makes, and
 * the operations that it answers.
 */
class Sample {
  private static final String EXTERNAL_ID = "cloudoperator-" + "x".repeat(43);

  void main(String[] arguments) throws Exception {
    SampleConfig config =
        SampleConfig.defaults()
            .withInstances(120)
            .withApis(70)
            .withRegions(4)
            .withTrail(true)
            .withPort(0);
    try (SampleAws aws = SampleAws.start(config)) {
      ObjectNode facts = new ObjectMapper().createObjectNode();
      facts.put("endpoint", aws.endpoint().toString());
      put(facts.putObject("broker"), aws.brokerCredentials());
      put(facts.putObject("customer"), aws.customerCredentials());
      facts.put("encryptionKey", aws.kmsKeyArn());
      facts.put("signingKey", aws.signingKeyArn());
      facts.put("externalId", EXTERNAL_ID);
      facts.put(
          "role",
          aws.launch(
              aws.customerAccountId(),
              Path.of(arguments[0]),
              Map.of(
                  "ExternalId",
                  EXTERNAL_ID,
                  "BrokerAccountId",
                  aws.brokerAccountId(),
                  "BrokerRolePattern",
                  aws.brokerRoleArn())));
      ArrayNode operations = facts.putArray("operations");
      for (Service service : aws.services()) {
        for (Operation operation : service.operations()) {
          operations.add(
              "%s %s %s"
                  .formatted(service.signingName(), operation.name(), operation.route())
                  .strip());
        }
      }
      System.out.println(facts);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void put(ObjectNode facts, AccessKey key) {
    facts.put("id", key.accessKeyId()).put("secret", key.secretAccessKey());
  }
}
