package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsService.Form;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.session.Sessions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonProtocolTest {
  @ParameterizedTest
  @CsvSource({"JSON_1_0, application/x-amz-json-1.0", "JSON_1_1, application/x-amz-json-1.1"})
  void asksInTheVersionOfTheService(Form form, String contentType) {
    AwsService service = AwsService.json("sqs", form, "AmazonSQS");
    ReadOperation<List<String>> queues =
        ReadOperation.audit(service, "ListQueues", "Counts queues.")
            .body("{\"MaxResults\":1000}")
            .jsonList("NextToken", "QueueUrls", "NextToken", JsonReader::text);

    try (CannedAws aws = CannedAws.inTurn(Answer.ok("{\"QueueUrls\":[\"https://sqs/1/a\"]}"));
        AwsClient client =
            new AwsClient(
                service,
                new RegionName("eu-west-1"),
                Sessions.CREDENTIALS,
                List.of(queues),
                Sessions.transport(aws.url()),
                List.of())) {
      assertThat(client.list(queues, Map.of())).containsExactly("https://sqs/1/a");

      assertThat(aws.asked().getFirst().parameter(CannedAws.TARGET))
          .isEqualTo("AmazonSQS.ListQueues");
      assertThat(aws.asked().getFirst().parameter(CannedAws.CONTENT_TYPE)).isEqualTo(contentType);
    }
  }
}
