package io.cloudoperator.local.cli;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.SampleCustomer;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sample AWS alone, for any SDK. */
@Command(
    name = "sample-aws",
    description =
        "Serves the sample AWS (STS, EC2, S3, KMS, API Gateway, Lambda, AppSync, Elastic Load"
            + " Balancing, CloudFront) on one loopback port, for boto3, the aws CLI and any SDK."
            + " Ctrl-C stops it.")
final class SampleAwsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final SampleOptions sample = new SampleOptions();

  @Mixin private final TierOption tier = new TierOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = TcpPort.class,
      defaultValue = "4566",
      description = "Where to listen; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seconds that pass for sessions in each real one, so that a session of 900 s can be seen"
              + " to expire (default: ${DEFAULT-VALUE}).")
  private int speed;

  SampleAwsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (speed < 1) {
      throw sample.wrong("--speed is a number from 1.");
    }
    CustomerSide.Sample account =
        sample.account(config -> config.withPort(port).withClock(faster(speed)));
    try (SampleCustomer aws = SampleCustomer.start(account)) {
      ExternalId externalId = ExternalId.random(new SecureRandom());
      String role = aws.launch(externalId, tier.tier()).value();
      terminal
          .out()
          .print(
              """
              url: %s
              export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

              # the customer's account %s, as its administrator
              export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s

              # the broker's account %s, which may assume the role that customer/%s made
              export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s
              aws sts assume-role --role-session-name test --role-arn %s --external-id %s
              """
                  .formatted(
                      aws.endpoint(),
                      aws.endpoint(),
                      aws.aws().customerAccountId(),
                      aws.aws().customerCredentials().accessKeyId(),
                      aws.aws().customerCredentials().secretAccessKey(),
                      aws.aws().brokerAccountId(),
                      SampleCustomer.template(tier.tier()),
                      aws.aws().brokerCredentials().accessKeyId(),
                      aws.aws().brokerCredentials().secretAccessKey(),
                      role,
                      externalId.value()));
      terminal.out().flush();
      new CountDownLatch(1).await();
    } catch (BindException e) {
      throw new CommandException(
          "Another program listens on port " + port + "; choose one with --port.");
    }
    return ExitCode.DONE;
  }

  private static InstantSource faster(int speed) {
    Instant start = Instant.now();
    return () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(speed));
  }
}
