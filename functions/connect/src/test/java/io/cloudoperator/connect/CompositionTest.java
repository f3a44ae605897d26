package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.template.Template;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositionTest {
  @Test
  void startsInTheEnvironmentThatTheTemplateGivesIt() throws IOException {
    Template template = Template.read(DeployedTables.REPOSITORY.resolve("template.yaml"), Map.of());
    Map<String, String> environment =
        new HashMap<>(template.environment("ConnectFunction", template.names()));
    environment.put("AWS_REGION", "eu-central-1");

    Settings settings = Settings.of(environment);
    ConnectHandler handler =
        new ConnectHandler(new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()));

    assertThat(new Api(handler, "acme").post("/connections", "{").status()).isEqualTo(400);
  }
}
