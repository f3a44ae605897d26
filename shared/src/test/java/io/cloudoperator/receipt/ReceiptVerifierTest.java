package io.cloudoperator.receipt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Deletion;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.connection.UuidV7;
import io.cloudoperator.json.Json;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Receipts signed over KMS's own protocol, and all that must not pass for one. */
class ReceiptVerifierTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private static SampleAws aws;

  @SuppressWarnings("NullAway.Init")
  private static KmsClient kms;

  @SuppressWarnings("NullAway.Init")
  private static KmsReceiptKey key;

  @SuppressWarnings("NullAway.Init")
  private static KeyPair stranger;

  @SuppressWarnings("NullAway.Init")
  private static String genuine;

  @BeforeAll
  static void signOne() throws Exception {
    aws = SampleAws.start(SampleConfig.defaults().withInstances(1).withBuckets(1));
    kms =
        KmsClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        aws.brokerCredentials().accessKeyId(),
                        aws.brokerCredentials().secretAccessKey())))
            .build();
    key = new KmsReceiptKey(kms, aws.signingKeyArn());
    genuine = new KmsReceiptSigner(kms, aws.signingKeyArn()).sign(Json.write(receipt("acme")));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    stranger = generator.generateKeyPair();
  }

  @AfterAll
  static void stop() {
    kms.close();
    aws.close();
  }

  @Test
  void verifiesWhatWeSigned() {
    assertThat(verify(genuine)).isEqualTo(new Verification.Verified(receipt("acme")));
  }

  @Test
  void verifiesAReceiptOfAWholeTenant() {
    Receipt all =
        new Receipt(
            UuidV7.at(NOON, new Random(2)),
            Deletion.Kind.TENANT_PURGE,
            new TenantId("acme"),
            Optional.empty(),
            Optional.empty(),
            NOON,
            List.of(),
            List.of());

    String signed = new KmsReceiptSigner(kms, aws.signingKeyArn()).sign(Json.write(all));

    assertThat(verify(signed)).isEqualTo(new Verification.Verified(all));
  }

  /** As somebody would who has nothing but RFC 7515 and the JWK Set. */
  @Test
  void isAJwsThatThePublishedKeyVerifies() throws Exception {
    ReceiptKey.Jwk jwk = key.get().jwks().keys().getFirst();
    PublicKey published =
        KeyFactory.getInstance(jwk.kty())
            .generatePublic(new RSAPublicKeySpec(number(jwk.n()), number(jwk.e())));
    String[] parts = parts();

    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(published);
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));

    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(decoded(parts[0]))
        .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"" + jwk.kid() + "\"}");
    assertThat(decoded(parts[1])).isEqualTo(Json.write(receipt("acme")));
    assertThat(jwk.use()).isEqualTo("sig");
    assertThat(aws.signingKeyArn()).endsWith(jwk.kid());
  }

  @Test
  void refusesAnotherContentUnderAGenuineSignature() {
    String[] parts = parts();

    assertRefused(
        parts[0] + "." + encoded(Json.write(receipt("other"))) + "." + parts[2],
        "signature does not belong");
  }

  @Test
  void refusesAnotherHeaderUnderAGenuineSignature() {
    String[] parts = parts();
    String spaced = decoded(parts[0]).replace("{", "{ ");

    assertRefused(encoded(spaced) + "." + parts[1] + "." + parts[2], "signature does not belong");
  }

  @Test
  void refusesAReceiptOfAnotherKeyThatCallsItselfOurs() throws Exception {
    assertRefused(
        signed(header("RS256", key.get().id()), stranger.getPrivate()),
        "signature does not belong");
  }

  @Test
  void refusesAReceiptOfAnotherKeyByItsName() throws Exception {
    assertRefused(signed(header("RS256", "theirs"), stranger.getPrivate()), "another key");
  }

  @Test
  void refusesOneThatNamesNoAlgorithmAndHasNoSignature() {
    String input = encoded(header("none", key.get().id())) + "." + parts()[1];

    assertRefused(input + ".", "RS256");
    assertRefused(input + "." + parts()[2], "RS256");
  }

  /** The public key is no secret: taken for one, it would let anybody sign. */
  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS512", "PS256", "rs256", ""})
  void refusesEveryOtherAlgorithm(String algorithm) throws Exception {
    String input = encoded(header(algorithm, key.get().id())) + "." + parts()[1];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.get().publicKey().getEncoded(), "HmacSHA256"));

    assertRefused(input + "." + encoded(mac.doFinal(input.getBytes(UTF_8))), "RS256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"KID\"}                              | type",
        "{\"alg\":\"RS256\",\"kid\":\"KID\"}                                              | header",
        "{\"typ\":\"receipt+jwt\",\"kid\":\"KID\"}                                        | header",
        "{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\"}                                      | header",
        "{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"KID\",\"crit\":[\"exp\"]}   | header",
        "{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"KID\",\"jku\":\"http://x\"} | header",
        "{\"alg\":\"none\",\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"KID\"}     | header",
        "{\"alg\":\"RS256\",\"typ\":\"receipt+jwt\",\"kid\":\"KID\"}{}                    | header",
        "{\"alg\":[\"RS256\"],\"typ\":\"receipt+jwt\",\"kid\":\"KID\"}                    | header",
        "[]                                                                               | header",
        "null                                                                             | header",
        "``                                                                               | header",
      })
  void refusesAHeaderThatIsNotOursWhoeverSignedIt(String header, String why) throws Exception {
    assertRefused(signedByUs(header.replace("KID", key.get().id()), parts()[1]), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"kind\":\"purge\"}", "text"})
  void refusesWhatWeSignedButIsNoReceipt(String payload) throws Exception {
    assertRefused(signedByUs(header("RS256", key.get().id()), encoded(payload)), "not a receipt");
  }

  @Test
  void refusesAHeaderInAnotherEncoding() {
    String[] parts = parts();

    assertRefused(
        encoded(decoded(parts[0]).getBytes(UTF_16)) + "." + parts[1] + "." + parts[2], "header");
    assertRefused(
        encoded("{\"alg\":\"\u00e9\"}".getBytes(ISO_8859_1)) + "." + parts[1] + "." + parts[2],
        "header");
  }

  static Stream<String> mangled() {
    String[] parts = parts();
    String padded = Base64.getUrlEncoder().encodeToString(Base64.getUrlDecoder().decode(parts[2]));
    return Stream.of(
        "",
        ".",
        "..",
        "...",
        " ",
        "\u0000",
        "\ud800",
        "e30.e30.e30",
        genuine + ".",
        genuine + ".e30",
        genuine + "A",
        genuine + " ",
        genuine + "\n",
        " " + genuine,
        genuine + "=",
        "\"" + genuine + "\"",
        genuine.replace('.', ' '),
        genuine.toUpperCase(Locale.ROOT),
        parts[0] + "." + parts[1],
        parts[0] + "." + parts[1] + ".",
        parts[0] + ".." + parts[2],
        "." + parts[1] + "." + parts[2],
        parts[0] + "." + parts[1] + "." + padded,
        parts[0] + "." + parts[1] + "." + parts[2].substring(1),
        parts[0] + "." + parts[1] + "." + parts[2] + parts[2],
        genuine + "A".repeat(CompactJws.LONGEST),
        "A".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("mangled")
  void refusesWhatWasMangled(String text) {
    assertThat(verify(text)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void refusesEveryBeginningOfAReceipt() {
    assertThat(IntStream.range(0, genuine.length()).mapToObj(end -> genuine.substring(0, end)))
        .allSatisfy(text -> assertThat(verify(text)).isInstanceOf(Verification.Refused.class));
  }

  /** The last character's spare bits among them: one receipt has one text. */
  @Test
  void refusesAReceiptOfWhichAnyOneCharacterWasChanged() {
    assertThat(
            IntStream.range(0, genuine.length())
                .mapToObj(at -> {
                  char other = genuine.charAt(at) == 'A' ? 'B' : 'A';
                  return genuine.substring(0, at) + other + genuine.substring(at + 1);
                }))
        .allSatisfy(text -> assertThat(verify(text)).isInstanceOf(Verification.Refused.class));
    assertThat(
            Stream.of("A", "Q", "g", "w", "B", "R", "h", "x")
                .map(last -> genuine.substring(0, genuine.length() - 1) + last)
                .filter(text -> verify(text) instanceof Verification.Verified))
        .containsAnyOf(genuine)
        .hasSize(1);
  }

  @Test
  void saysNothingOfWhatItWasGiven() {
    assertThat(verify("canary.canary.canary").toString()).doesNotContain("canary");
  }

  @Test
  void readsTheKeyOnce() {
    KmsReceiptKey fresh = new KmsReceiptKey(kms, aws.signingKeyArn());
    ReceiptKey first = fresh.get();

    assertThat(fresh.get()).isSameAs(first);
  }

  @Test
  void failsAsAnOutageWhenTheKeyIsGone() {
    String absent = "arn:aws:kms:us-east-1:111122223333:key/absent";

    assertThatThrownBy(() -> new KmsReceiptSigner(kms, absent).sign(Json.write(receipt("acme"))))
        .isInstanceOf(ReceiptNotSignedException.class);
    assertThatThrownBy(() -> new ReceiptVerifier(new KmsReceiptKey(kms, absent)).verify(genuine))
        .isInstanceOf(ReceiptKeyException.class);
  }

  private static Receipt receipt(String tenant) {
    return new Receipt(
        UuidV7.at(NOON, new Random(1)),
        Deletion.Kind.PURGE,
        new TenantId(tenant),
        Optional.of(new ConnectionId("con-0123456789abcdef0123456789abcdef")),
        Optional.of(new AccountId("444455556666")),
        NOON,
        List.of(new Deleted("snapshots", 5), new Deleted("runs", 2)),
        List.of(
            new Remainder(
                "logs",
                Optional.of("CloudWatch"),
                Optional.of(NOON.plusSeconds(60)),
                "expire – “at last”"),
            new Remainder(
                "connection", Optional.empty(), Optional.empty(), "until it is disconnected")));
  }

  private static String[] parts() {
    return genuine.split("\\.", -1);
  }

  private static Verification verify(String text) {
    return new ReceiptVerifier(key).verify(text);
  }

  private static void assertRefused(String text, String why) {
    assertThat(verify(text))
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.why()).contains(why));
  }

  private static String header(String algorithm, String keyId) {
    return "{\"alg\":\"%s\",\"typ\":\"receipt+jwt\",\"kid\":\"%s\"}".formatted(algorithm, keyId);
  }

  private static String signed(String header, PrivateKey by) throws GeneralSecurityException {
    String input = encoded(header) + "." + parts()[1];
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(by);
    signature.update(input.getBytes(UTF_8));
    return input + "." + encoded(signature.sign());
  }

  private static String signedByUs(String header, String payload) {
    String input = encoded(header) + "." + payload;
    return input
        + "."
        + encoded(
            kms.sign(request ->
                    request
                        .keyId(aws.signingKeyArn())
                        .message(SdkBytes.fromUtf8String(input))
                        .signingAlgorithm("RSASSA_PKCS1_V1_5_SHA_256"))
                .signature()
                .asByteArray());
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
