package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files of a reconciliation, told apart by what is in them.
 *
 * @param ledger the ledger documents as one: pages of one answer, or answers of different days
 * @param trail those with CloudTrail's events
 * @param skipped those that are neither
 * @param counts of what is in them; duplicates and times are not known yet
 */
public record InputFiles(
    Optional<LedgerDocument> ledger,
    List<TrailSource> trail,
    List<SkippedFile> skipped,
    Findings.Files counts) {
  public InputFiles {
    trail = List.copyOf(trail);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads each to its end, once.
   *
   * @param most bytes, after decompression, of all files together
   * @throws TrailTooLargeException if they are larger than that
   * @throws TrailException if a ledger is not as we write it, or two are of different connections:
   *     what a part of the ledger lacks would be held against it
   */
  public static InputFiles read(List<TrailSource> files, long most) throws TrailException {
    List<LedgerDocument> ledgers = new ArrayList<>();
    List<TrailSource> trail = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>();
    long bytes = 0;
    long events = 0;
    long unreadable = 0;
    long digests = 0;
    long insights = 0;
    for (TrailSource file : files) {
      FileParser.Contents contents = FileParser.read(file, most - bytes, _ -> {});
      for (LedgerDocument document : contents.ledgers) {
        if (!ledgers.isEmpty() && !document.connection().equals(ledgers.getFirst().connection())) {
          throw new TrailException(
              file.name() + ": it is the ledger of another connection; reconcile one at a time");
        }
        ledgers.add(document);
      }
      bytes += contents.bytes;
      digests += contents.others(Kind.DIGEST);
      insights += contents.others(Kind.INSIGHTS);
      contents.skipped.ifPresent(skipped::add);
      if (contents.skipped.isEmpty() && contents.hasEvents()) {
        trail.add(file);
        events += contents.events;
        unreadable += contents.unreadable;
      }
    }
    return new InputFiles(
        ledgers.isEmpty() ? Optional.empty() : Optional.of(LedgerDocument.merged(ledgers)),
        trail,
        skipped,
        Findings.Files.of(trail.size(), events, unreadable, digests, insights, skipped.size()));
  }

  /**
   * Passes on each event of the files, once more.
   *
   * @throws TrailException if a file has changed, so that it cannot be read
   */
  void each(Consumer<Event> event) throws TrailException {
    for (TrailSource file : trail) {
      Optional<SkippedFile> changed = FileParser.read(file, Long.MAX_VALUE, event).skipped;
      if (changed.isPresent()) {
        throw new TrailException(changed.get().toString());
      }
    }
  }
}
