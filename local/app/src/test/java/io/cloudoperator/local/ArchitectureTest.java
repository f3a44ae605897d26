package io.cloudoperator.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.cloudoperator.local.ArchitectureConditions.areFactsOrRules;
import static io.cloudoperator.local.ArchitectureConditions.haveASessionInTheirType;
import static io.cloudoperator.local.ArchitectureConditions.haveASimpleNameOfTheirOwn;
import static io.cloudoperator.local.ArchitectureConditions.resideInAMarkedPackage;
import static io.cloudoperator.local.ArchitectureConditions.speakInTypesOfOurOwn;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.Partitions;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.receipt.ReceiptSigner;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.ReadOnlyRole;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.SessionPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The rules of the house. {@link ArchitectureRulesTest} shows that each of them bites. */
@AnalyzeClasses(packages = "io.cloudoperator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] DOMAIN = {
    "io.cloudoperator.metric..",
    "io.cloudoperator.connection..",
    "io.cloudoperator.call..",
    "io.cloudoperator.scan..",
    "io.cloudoperator.inventory..",
  };
  private static final String[] DEPLOYED = {
    "io.cloudoperator.metric..",
    "io.cloudoperator.connection..",
    "io.cloudoperator.scan..",
    "io.cloudoperator.call..",
    "io.cloudoperator.inventory..",
    "io.cloudoperator.concurrent..",
    "io.cloudoperator.aws..",
    "io.cloudoperator.policy..",
    "io.cloudoperator.service..",
    "io.cloudoperator.session..",
    "io.cloudoperator.vault..",
    "io.cloudoperator.receipt..",
    "io.cloudoperator.store..",
    "io.cloudoperator.events..",
    "io.cloudoperator.http..",
    "io.cloudoperator.json..",
    "io.cloudoperator.reconcile..",
    "io.cloudoperator.runtime..",
    "io.cloudoperator.connect..",
    "io.cloudoperator.query..",
    "io.cloudoperator.dispatch..",
    "io.cloudoperator.scanner..",
    "io.cloudoperator.trim..",
  };

  /** The session itself, what signs its calls, and the answers that hand it over to its scan. */
  private static final String HANDED_OVER =
      "io\\.cloudoperator\\.((session\\.(AwsRoleSession(\\$1)?|AssumeRoleResult\\$Granted|SessionResult\\$Opened)|aws\\.RequestSigning)"
          + "|scanner\\.SessionOpener\\$ScanSession\\$Opened)";

  @ArchTest
  static final ArchRule domainRoomsKnowJavaAlone =
      classes()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.cloudoperator.metric..",
              "io.cloudoperator.connection..",
              "io.cloudoperator.call..",
              "io.cloudoperator.scan..",
              "io.cloudoperator.inventory..")
          .because("what is counted and concluded is the same whichever cloud, table or format");

  @ArchTest
  static final ArchRule metricsKnowJavaAlone =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.metric..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.cloudoperator..")
                  .and(not(resideInAPackage("io.cloudoperator.metric.."))))
          .because("what a count is does not depend on what is counted, or where it is kept");

  @ArchTest
  static final ArchRule connectionsComeBeforeScans =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.connection..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cloudoperator.scan..")
          .because("a connection exists before its first scan, and after its last");

  @ArchTest
  static final ArchRule scansKnowNothingOfApis =
      noClasses()
          .that()
          .resideInAnyPackage("io.cloudoperator.connection..", "io.cloudoperator.scan..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cloudoperator.inventory..")
          .because("the inventory is one of the things that a scan may bring, beside the snapshot");

  @ArchTest
  static final ArchRule domainRoomsAreGivenTimeAndChance =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callConstructor(Random.class)
          .because("a test must be able to move the clock and to repeat itself");

  @ArchTest
  static final ArchRule nothingDeployedIsLeftToAPredictableSource =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .orShould()
          .callMethod(RandomGenerator.class, "of", String.class)
          .because("whoever can guess an External ID can make us assume the role that it guards");

  @ArchTest
  static final ArchRule noSourceOfRandomnessOutlivesAnInvocation =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(DEPLOYED)
          .should()
          .haveRawType(assignableTo(RandomGenerator.class))
          .because("what is made in init is copied into every instance that SnapStart restores");

  @ArchTest
  static final ArchRule onlyAwsAndSessionHoldACustomersCredentials =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator..")
          .and()
          .resideOutsideOfPackages(
              "io.cloudoperator.aws..", "io.cloudoperator.session..", "io.cloudoperator.sample..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(AwsSessionCredentials.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk.services.sts.model..")
          .because(
              "a client for a customer's account that takes more than declared read operations"
                  + " cannot be made where there are no credentials for it");

  @ArchTest
  static final ArchRule nothingKeepsASessionForLater =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(DEPLOYED)
          .and()
          .areDeclaredInClassesThat(not(nameMatching(HANDED_OVER)))
          .should(haveASessionInTheirType())
          .because(
              "what a scan has opened ends with it: a field of a handler, or a static one, would"
                  + " outlive the fifteen minutes, and could be in a SnapStart snapshot");

  @ArchTest
  static final ArchRule nobodyHasAClientForWhatIsScanned =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk.services.ec2..", "software.amazon.awssdk.services.s3..")
          .because("the SDK's own clients can call operations that the manifest does not declare");

  @ArchTest
  static final ArchRule noSdkObjectLeavesSession =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.cloudoperator.service..", "io.cloudoperator.session..")
          .should(speakInTypesOfOurOwn())
          .because("an AWS response that cannot leave the room cannot be stored");

  @ArchTest
  static final ArchRule queryCanNeitherDecryptNorAssume =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.query..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.cloudoperator.vault..",
                      "io.cloudoperator.aws..",
                      "io.cloudoperator.service..",
                      "io.cloudoperator.session..",
                      "software.amazon.awssdk.services.kms..",
                      "software.amazon.awssdk.services.sts..")
                  .and(
                      not(
                          belongToAnyOf(
                              ApiKinds.class,
                              CountedResources.class,
                              Manifest.class,
                              Partitions.class,
                              ReadOnlyRole.class,
                              SessionPhase.class,
                              SessionPolicy.class))))
          .because("its IAM role allows neither, and its code must not ask");

  @ArchTest
  static final ArchRule servicesDoNotImportEachOther =
      slices()
          .matching("io.cloudoperator.service.(*)..")
          .should()
          .notDependOnEachOther()
          .because("a scanned service is one folder: it comes and goes by itself");

  @ArchTest
  static final ArchRule factsAndRulesKnowNothingOfCalls =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.service.*..")
          .and(areFactsOrRules())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.amazonaws..", "io.cloudoperator.aws..")
          .because("what is concluded from facts is tried on facts alone");

  @ArchTest
  static final ArchRule onlySessionMakesClientsForWhatIsScanned =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .and()
          .resideOutsideOfPackages("io.cloudoperator.session..")
          .should()
          .callConstructor(
              AwsClient.class,
              AwsService.class,
              RegionName.class,
              AwsSessionCredentials.class,
              List.class,
              Transport.class,
              List.class)
          .because("a client obeys the manifest as far as its session gives it the list");

  @ArchTest
  static final ArchRule onlyConnectSignsReceipts =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .and()
          .resideOutsideOfPackages("io.cloudoperator.connect..", "io.cloudoperator.receipt..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ReceiptSigner.class)
          .because("a receipt is worth what its signer knows, and it has just deleted");

  @ArchTest
  static final ArchRule functionsDoNotImportEachOther =
      slices()
          .matching("io.cloudoperator.(connect|query|dispatch|scanner|trim)..")
          .should()
          .notDependOnEachOther()
          .because("each is deployed alone, under a role of its own");

  @ArchTest
  static final ArchRule onlyStoreKnowsHowThingsAreKept =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .and()
          .resideOutsideOfPackage("io.cloudoperator.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk.services.dynamodb.model..",
              "software.amazon.awssdk.enhanced..")
          .because("names of attributes and conditions on them belong to one room");

  @ArchTest
  static final ArchRule nothingDeployedKnowsTheLaptop =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.cloudoperator.local..",
              "io.cloudoperator.platform..",
              "io.cloudoperator.cloudformation..",
              "io.cloudoperator.sample..")
          .because("what runs on a laptop is what is deployed, without a branch");

  @ArchTest
  static final ArchRule nothingImportsLocal =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.cloudoperator.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cloudoperator.local..")
          .because("it is the outermost room: it puts the others together");

  @ArchTest
  static final ArchRule nothingImportsTheBench =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.cloudoperator.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cloudoperator.bench..")
          .because("it carries the SDK's own clients for what is scanned, to be compared to");

  @ArchTest
  static final ArchRule theSampleAwsIsIndependent =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.sample..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.cloudoperator..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.cloudoperator.sample..", "io.cloudoperator.cloudformation.."))))
          .because("a referee must not share the player's mistakes");

  @ArchTest
  static final ArchRule theEvaluatorOfTemplatesIsIndependent =
      noClasses()
          .that()
          .resideInAPackage("io.cloudoperator.cloudformation..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.cloudoperator..")
                  .and(not(resideInAPackage("io.cloudoperator.cloudformation.."))))
          .because("the sample AWS would depend on the product through it");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .resideInAPackage("io.cloudoperator..")
          .should(resideInAMarkedPackage())
          .because("NullAway looks at nothing else");

  @ArchTest
  static final ArchRule noTwoClassesHaveOneName =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should(haveASimpleNameOfTheirOwn())
          .because("who reads a name without its imports must not have to guess which it is");

  @ArchTest
  static final ArchRule whatIsSaidIsSaidThroughTelemetry =
      noClasses()
          .that()
          .resideInAnyPackage(DEPLOYED)
          .should(ACCESS_STANDARD_STREAMS)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("logs carry structured keys, and never a value of a customer's account");
}
