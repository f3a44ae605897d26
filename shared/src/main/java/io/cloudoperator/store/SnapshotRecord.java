package io.cloudoperator.store;

import io.cloudoperator.connection.Proof;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item of a snapshot: its JSON, compressed to about a tenth of it, and beside it since when
 * there is each flag and the proof of the role, which readers of 3f8b6a7 would refuse in the JSON.
 */
final class SnapshotRecord {
  private static final String BODY = "body";
  private static final String FIRST_SEEN = "firstSeen";
  private static final String PROOF = "proof";
  // An item is at most 400 KB, names and times of flags and the proof included:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  private static final int LARGEST_BODY = 396 * 1024;

  private SnapshotRecord() {}

  /**
   * The item of a snapshot.
   *
   * @throws IllegalArgumentException if it does not fit into one
   */
  static Map<String, AttributeValue> item(Snapshot snapshot) {
    byte[] compressed =
        Compressed.write(snapshot.withFirstSeen(Map.of()).withProof(Optional.empty()));
    if (compressed.length > LARGEST_BODY) {
      throw new IllegalArgumentException(
          "a snapshot of " + compressed.length + " bytes does not fit into an item of DynamoDB");
    }
    Map<String, AttributeValue> item =
        new TreeMap<>(
            Stored.key(
                ScanKeys.partition(snapshot.key()), ScanKeys.snapshot(snapshot.key().scan())));
    item.put(StoredForm.VERSION, StoredForm.version());
    item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(compressed)));
    Map<String, AttributeValue> firstSeen = new TreeMap<>();
    snapshot.firstSeen().forEach((kind, at) -> firstSeen.put(kind.code(), Stored.time(at)));
    item.put(FIRST_SEEN, AttributeValue.fromM(firstSeen));
    snapshot.proof().ifPresent(proof -> item.put(PROOF, Stored.text(Json.write(proof))));
    return item;
  }

  /** The snapshot; times of flags, or a proof, that cannot be read are left out, and told of. */
  static Snapshot snapshot(Map<String, AttributeValue> item, StoredReads reads) {
    AttributeValue body = Objects.requireNonNull(item.get(BODY), "a stored snapshot has no body");
    Snapshot snapshot =
        reads.whole(
            StoredForm.SNAPSHOT,
            item,
            Compressed.read(body.b().asByteArrayUnsafe(), Snapshot.class));
    Optional<Proof> proof =
        Optional.ofNullable(item.get(PROOF))
            .flatMap(json ->
                reads.value(StoredForm.SNAPSHOT, item, () -> Json.read(json.s(), Proof.class)));
    return Optional.ofNullable(item.get(FIRST_SEEN))
        .flatMap(times -> reads.value(StoredForm.SNAPSHOT, item, () -> firstSeen(times.m())))
        .map(snapshot::withFirstSeen)
        .orElse(snapshot)
        .withProof(proof);
  }

  private static Map<RiskFlag.Kind, Instant> firstSeen(Map<String, AttributeValue> times) {
    Map<RiskFlag.Kind, Instant> firstSeen = new HashMap<>();
    times
        .keySet()
        .forEach(code -> firstSeen.put(new RiskFlag.Kind(code), Stored.time(times, code)));
    return firstSeen;
  }
}
