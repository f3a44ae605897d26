package io.cloudoperator.sample;

import com.sun.net.httpserver.HttpHandler;
import io.cloudoperator.sample.apigateway.ApiGatewayService;
import io.cloudoperator.sample.appsync.AppSyncService;
import io.cloudoperator.sample.cloudfront.CloudFrontService;
import io.cloudoperator.sample.cloudtrail.CloudTrailService;
import io.cloudoperator.sample.cloudtrail.RecordedEvents;
import io.cloudoperator.sample.control.Faults;
import io.cloudoperator.sample.control.RequestLog;
import io.cloudoperator.sample.data.Regions;
import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.ec2.Ec2Service;
import io.cloudoperator.sample.elb.LoadBalancingService;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.kms.KeyRing;
import io.cloudoperator.sample.kms.KmsKey;
import io.cloudoperator.sample.kms.KmsService;
import io.cloudoperator.sample.lambda.LambdaService;
import io.cloudoperator.sample.launch.RoleTemplate;
import io.cloudoperator.sample.roles.IamService;
import io.cloudoperator.sample.s3.S3Service;
import io.cloudoperator.sample.sts.StsService;
import io.cloudoperator.sample.wire.Gateway;
import io.cloudoperator.sample.wire.Paging;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A running sample AWS: two accounts, the broker's and a customer's, behind one loopback port on
 * which any SDK, boto3 and the aws CLI can call STS, EC2, S3, KMS, API Gateway, Lambda, AppSync,
 * Elastic Load Balancing, CloudFront, CloudTrail and IAM. Signatures, trust policies with their
 * External ID, permission, session and service control policies, session expiry and opt-in regions
 * are enforced as AWS enforces them; what is not supported is refused with an error, never ignored.
 */
public final class SampleAws implements AutoCloseable {

  private static final String KEY_REGION = "us-east-1";
  private static final String KEY_ALIAS = "alias/cloudoperator";
  private static final String SIGNING_KEY_ALIAS = "alias/cloudoperator-receipts";

  private final SampleConfig config;
  private final SampleAccount customer;
  private final SampleAccount others = SampleAccount.empty("");
  private final IamDirectory directory = new IamDirectory();
  private final KeyRing keys = new KeyRing();
  private final Faults faults = new Faults();
  private final RequestLog requests = new RequestLog();
  private final RecordedEvents events = new RecordedEvents();
  private final Optional<Path> stateDirectory;
  private final String brokerKeyId;
  private final String customerKeyId;
  private final List<Service> services;
  private final Gateway gateway;
  private final Optional<WireServer> server;

  private SampleAws(SampleConfig config, Optional<Path> stateDirectory, boolean served)
      throws IOException {
    this.config = config;
    this.stateDirectory = stateDirectory;
    Optional<SavedState> saved = Optional.empty();
    if (stateDirectory.isPresent()) {
      saved = SavedState.load(stateDirectory.get());
    }
    if (saved.isPresent()) {
      saved.get().restore(directory, keys);
      Accounts.updateBroker(directory);
      this.brokerKeyId = saved.get().brokerKeyId();
      this.customerKeyId = saved.get().customerKeyId();
    } else {
      this.brokerKeyId = Accounts.addBroker(directory);
      this.customerKeyId = Accounts.addCustomer(directory);
      config.keys.forEach(keys::put);
      if (keys.only(KmsKey.Usage.ENCRYPT_DECRYPT).isEmpty()) {
        putKey(KEY_ALIAS, KmsKey.Usage.ENCRYPT_DECRYPT);
      }
    }
    if (keys.only(KmsKey.Usage.SIGN_VERIFY).isEmpty()) {
      putKey(SIGNING_KEY_ALIAS, KmsKey.Usage.SIGN_VERIFY);
    }
    this.services = makeServices();
    this.customer =
        new SampleAccount(
            Accounts.CUSTOMER,
            config.seed,
            config.instances,
            config.buckets,
            config.apis,
            services.stream().flatMap(each -> each.generators().stream()).toList(),
            config.regions,
            config.clock.instant().truncatedTo(ChronoUnit.HOURS));
    this.gateway =
        new Gateway(
            services,
            this::account,
            new Paging(config.unevenPages),
            directory,
            faults,
            config.latency,
            requests,
            events,
            config.clock);
    this.server = served ? Optional.of(WireServer.start(config.port, gateway)) : Optional.empty();
    save();
  }

  private void putKey(String alias, KmsKey.Usage usage) {
    keys.put(KmsKey.generate(Accounts.BROKER, KEY_REGION, alias, usage));
  }

  /** All of them; a new one is added here. */
  private List<Service> makeServices() {
    return List.of(
        new StsService(directory, this::account, config.clock, this::save),
        new Ec2Service(),
        new S3Service(),
        new KmsService(keys),
        new ApiGatewayService(config.apiQuotas, config.clock),
        new LambdaService(),
        new AppSyncService(),
        new LoadBalancingService(),
        new CloudFrontService(),
        new CloudTrailService(
            id -> config.trail && id.equals(Accounts.CUSTOMER),
            events,
            config.apiQuotas,
            config.clock),
        new IamService(directory, this::save));
  }

  private SampleAccount account(String id) {
    return id.equals(Accounts.CUSTOMER) ? customer : others;
  }

  /**
   * Starts a sample that is gone once it is closed.
   *
   * @throws IOException if its port is taken
   */
  public static SampleAws start(SampleConfig config) throws IOException {
    return new SampleAws(config, Optional.empty(), true);
  }

  /** Makes a sample that listens nowhere: it answers those who ask its {@link #handler}. */
  public static SampleAws unserved(SampleConfig config) {
    try {
      return new SampleAws(config, Optional.empty(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a sample that keeps its roles, credentials, sessions and KMS keys in a directory, and
   * finds them there again. The customer's instances, buckets and APIs follow from {@code config}
   * alone.
   *
   * @throws IOException if its port is taken, or if the directory cannot be read or written
   */
  public static SampleAws start(SampleConfig config, Path directory) throws IOException {
    return new SampleAws(config, Optional.of(directory), true);
  }

  /**
   * The URL to give to an SDK as the endpoint of all services.
   *
   * @throws java.util.NoSuchElementException if it listens nowhere
   */
  public URI endpoint() {
    return server.orElseThrow().endpoint();
  }

  /** What answers each request, whoever brings it. */
  public HttpHandler handler() {
    return gateway;
  }

  /** The services, with the operations that each of them answers. */
  public List<Service> services() {
    return services;
  }

  public String brokerAccountId() {
    return Accounts.BROKER;
  }

  public String customerAccountId() {
    return Accounts.CUSTOMER;
  }

  /** The role that the broker's credentials are a session of: what {@code aws:PrincipalArn} is. */
  public String brokerRoleArn() {
    return Accounts.BROKER_ROLE;
  }

  /**
   * A key of the broker: it may assume roles, use the KMS key for a tenant and connection, and
   * sign.
   */
  public AccessKey brokerCredentials() {
    return accessKey(brokerKeyId);
  }

  /** A key of an administrator of the customer's account. */
  public AccessKey customerCredentials() {
    return accessKey(customerKeyId);
  }

  /** The broker's KMS key, which is in us-east-1. */
  public String kmsKeyArn() {
    return keys.only(KmsKey.Usage.ENCRYPT_DECRYPT).orElseThrow().arn();
  }

  /** The broker's KMS key that signs, RSA_2048, in us-east-1 too. */
  public String signingKeyArn() {
    return keys.only(KmsKey.Usage.SIGN_VERIFY).orElseThrow().arn();
  }

  /** What the customer's account truly holds. */
  public SampleAccount customer() {
    return customer;
  }

  public Faults faults() {
    return faults;
  }

  /** What CloudTrail has recorded so far, as LookupEvents shows it. */
  public RecordedEvents events() {
    return events;
  }

  public RequestLog requests() {
    return requests;
  }

  /**
   * Launches a CloudFormation template that declares one IAM role, or updates the role of that
   * name.
   *
   * @return the role's ARN
   * @throws IOException if the template cannot be read
   * @throws io.cloudoperator.cloudformation.TemplateException if the template declares anything
   *     else, or anything in it or in the parameters is not understood
   * @throws io.cloudoperator.sample.iam.PolicyException if a policy in it is not accepted
   */
  public String launch(String accountId, Path template, Map<String, String> parameters)
      throws IOException {
    return put(RoleTemplate.launch(Files.readString(template), accountId, parameters));
  }

  /**
   * Makes a role, or changes the role of that name.
   *
   * @param pathAndName such as {@code /CloudOperatorReadOnly}, or {@code /path/Name}
   * @return the role's ARN
   * @throws io.cloudoperator.sample.iam.PolicyException if a policy is not accepted
   */
  public String putRole(
      String accountId, String pathAndName, String trustPolicy, String permissionPolicy) {
    String arn = "arn:aws:iam::" + accountId + ":role" + pathAndName;
    return put(Role.of(arn, trustPolicy, permissionPolicy));
  }

  /** Deletes a role, as an account's owner revokes access. Returns whether it was there. */
  public boolean deleteRole(String roleArn) {
    boolean deleted = directory.deleteRole(roleArn);
    save();
    return deleted;
  }

  /**
   * Lets a service control policy deny all calls of regional services to the customer's account in
   * these regions; with none, detaches it.
   */
  public void denyRegionsBySCP(Set<String> regions) {
    if (regions.isEmpty()) {
      directory.detachServiceControlPolicy(Accounts.CUSTOMER);
      return;
    }
    for (String region : regions) {
      if (!Regions.exists(region)) {
        throw new IllegalArgumentException("There is no region " + region);
      }
    }
    // Global services are left alone, as in AWS's example of such a policy.
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Resource":"*",
        "NotAction":["iam:*","sts:*","s3:ListAllMyBuckets","cloudfront:*"],
        "Condition":{"StringEquals":{"aws:RequestedRegion":["%s"]}}}]}\
        """
            .formatted(String.join("\",\"", regions));
    directory.attachServiceControlPolicy(
        Accounts.CUSTOMER, Policy.parse(policy, PolicyKind.SERVICE_CONTROL));
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.ifPresent(WireServer::close);
    save();
  }

  private String put(Role role) {
    directory.put(directory.role(role.arn()).map(old -> role.withId(old.id())).orElse(role));
    save();
    return role.arn();
  }

  private AccessKey accessKey(String id) {
    Credential credential = directory.credential(id).orElseThrow();
    return new AccessKey(credential.accessKeyId(), credential.secretAccessKey());
  }

  /** Expired sessions are kept for a while, so that their use is told from that of unknown ones. */
  private synchronized void save() {
    directory.forgetExpiredBefore(config.clock.instant().minus(Duration.ofHours(1)));
    if (stateDirectory.isPresent()) {
      try {
        SavedState.of(brokerKeyId, customerKeyId, directory, keys).save(stateDirectory.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
