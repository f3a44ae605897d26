package io.cloudoperator.store;

import io.cloudoperator.inventory.ApiStore.Found;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.store.stored.StoredForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item in which a shard gathers what places said of their APIs: an attribute a batch,
 * compressed together, for places without APIs say much the same. An attribute's name begins with
 * when it was written, so that of two answers of one place the first stands.
 */
final class FoundBatches {
  /**
   * Bytes of one place, compressed, at most: with forty regions of a shard, written by two
   * deliveries, the item stays below the 400 KB that DynamoDB takes.
   */
  private static final int SMALL = 4 * 1024;

  private static final String PREFIX = "batch-";

  private FoundBatches() {}

  static boolean isSmall(RegionApis found) {
    return Compressed.write(found).length <= SMALL;
  }

  static boolean isSmall(GlobalApis found) {
    return Compressed.write(found).length <= SMALL;
  }

  static AttributeValue body(Found batch) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(Compressed.write(batch)));
  }

  /** The attribute of a batch: what is written once more has the same name, or says the same. */
  static String name(Instant at, AttributeValue body) {
    return String.format(
        Locale.ROOT,
        "%s%013d-%.8s",
        PREFIX,
        at.toEpochMilli(),
        UUID.nameUUIDFromBytes(body.b().asByteArrayUnsafe()));
  }

  /** All that was gathered. A batch that cannot be read is left out: its places are unread. */
  static Found read(Map<String, AttributeValue> item, StoredReads reads) {
    SortedMap<String, RegionApis> regions = new TreeMap<>();
    List<GlobalApis> global = new ArrayList<>();
    new TreeMap<>(item)
        .forEach((name, body) -> {
          if (name.startsWith(PREFIX)) {
            batch(item, body, reads)
                .ifPresent(batch -> {
                  batch
                      .regions()
                      .forEach(region -> regions.putIfAbsent(region.region().value(), region));
                  batch.global().ifPresent(global::add);
                });
          }
        });
    return new Found(List.copyOf(regions.values()), global.stream().findFirst());
  }

  private static Optional<Found> batch(
      Map<String, AttributeValue> item, AttributeValue body, StoredReads reads) {
    return reads.value(
        StoredForm.API_FACTS,
        item,
        () ->
            reads.whole(
                StoredForm.API_FACTS,
                item,
                Compressed.read(body.b().asByteArrayUnsafe(), Found.class)));
  }
}
