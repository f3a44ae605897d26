package io.cloudoperator.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a reconciliation, told apart by what is in them.
 *
 * @param ledger the ledger documents as one: pages of one answer, or answers of different days
 * @param trail those with CloudTrail's events
 * @param skipped those that are neither
 * @param digests how many digests there are in all of them
 * @param insights how many Insights events there are in those that are skipped
 */
public record InputFiles(
    Optional<LedgerDocument> ledger,
    List<TrailSource> trail,
    List<SkippedFile> skipped,
    long digests,
    long insights) {
  public InputFiles {
    trail = List.copyOf(trail);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads each to its end, once.
   *
   * @throws TrailTooLargeException if they are larger than the limits
   * @throws TrailException if a ledger is not as we write it, or two are of different connections:
   *     what a part of the ledger lacks would be held against it
   */
  public static InputFiles read(List<TrailSource> files, ReadLimits limits) throws TrailException {
    List<LedgerDocument> ledgers = new ArrayList<>();
    List<TrailSource> trail = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>();
    long bytes = 0;
    long digests = 0;
    long insights = 0;
    for (TrailSource file : files) {
      TrailFiles.Tally tally = new TrailFiles.Tally();
      List<LedgerDocument> here = new ArrayList<>();
      try {
        TrailFiles.read(file, limits.mostBytes() - bytes, _ -> {}, here::add, tally);
        if (tally.events > 0 || tally.emptyLists > 0) {
          trail.add(file);
        }
      } catch (UnusableFileException e) {
        skipped.add(e.file());
        insights += tally.insights;
      }
      for (LedgerDocument document : here) {
        if (!ledgers.isEmpty() && !document.connection().equals(ledgers.getFirst().connection())) {
          throw new TrailException(
              file.name() + ": it is the ledger of another connection; reconcile one at a time");
        }
        ledgers.add(document);
      }
      bytes += tally.bytes;
      digests += tally.digests;
    }
    return new InputFiles(
        ledgers.isEmpty() ? Optional.empty() : Optional.of(LedgerDocument.together(ledgers)),
        trail,
        skipped,
        digests,
        insights);
  }
}
