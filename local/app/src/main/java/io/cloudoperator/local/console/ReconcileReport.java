package io.cloudoperator.local.console;

import io.cloudoperator.reconcile.Findings;
import io.cloudoperator.reconcile.Findings.Assumptions;
import io.cloudoperator.reconcile.Findings.KeyUse;
import io.cloudoperator.reconcile.Findings.LedgerOnly;
import io.cloudoperator.reconcile.Findings.TrailOnly;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a ledger and CloudTrail's files say of each other, as a person likes to read it. */
public final class ReconcileReport extends TerminalReport {
  private static final int SHOWN = 20;

  private final Findings findings;

  private ReconcileReport(Findings findings, TerminalColors style) {
    super(style);
    this.findings = findings;
  }

  /** The report, with a line break at its end. */
  public static String of(Findings findings, TerminalColors style) {
    ReconcileReport report = new ReconcileReport(findings, style);
    report.verdict();
    report.ledgerOnly();
    report.trailOnly();
    report.policies();
    report.keyUse();
    report.skipped();
    report.remarks();
    report.line("");
    return report.text();
  }

  private void verdict() {
    line("");
    line(
        "  "
            + style.bold("Account " + findings.account().map(Object::toString).orElse("unknown"))
            + style.faint(
                "  ·  connection "
                    + findings.connection()
                    + "  ·  "
                    + counted(findings.sessions(), "session")
                    + " in the ledger"));
    line("");
    line(
        "  "
            + switch (findings.verdict()) {
              case AGREES ->
                  style.green("Agrees: ")
                      + "each call has its event, no event lacks a call, every session was limited"
                      + " as published, and no access key was used after 15 minutes.";
              case DIFFERS -> style.red("Differs: ") + "the lists below say where.";
              case TOO_EARLY ->
                  style.yellow("Too early to say: ")
                      + "nothing differs, but not everything can be there yet.";
              case INCONCLUSIVE ->
                  style.yellow("Inconclusive: ")
                      + "nothing differs in what was read, but not everything was.";
            });
    line("");
    line(
        "  %s matched, %s of them by the same request id",
        style.bold(counted(findings.matched().calls(), "call")),
        number(findings.matched().byRequestId()));
    Findings.Files files = findings.files();
    line(
        "  %s in %s%s",
        counted(files.events(), "event"),
        counted(files.files(), "file"),
        files
            .from()
            .flatMap(from -> files.to().map(to -> ", of the account from " + from + " to " + to))
            .orElse(", none of the account"));
  }

  private void ledgerOnly() {
    LedgerOnly only = findings.oursWithoutTheirs();
    if (only.calls().isEmpty()) {
      return;
    }
    heading("In the ledger, not in CloudTrail");
    counts(
        List.of(
            new Count(only.missing(), style.red("missing")),
            new Count(
                only.tooEarlyToSay(), "younger than two hours: CloudTrail may yet deliver them"),
            new Count(
                only.notRecorded(),
                "refused AssumeRole: recorded in the broker's trail, never in this account's"),
            new Count(only.noAnswer(), "without an answer: they may never have reached AWS")));
    list(
        only.calls().stream()
            .filter(entry -> entry.why() != Findings.CallWithoutEvent.Why.NOT_RECORDED)
            .toList(),
        only.missing() + only.tooEarlyToSay() + only.noAnswer(),
        entry ->
            row(
                lowerCase(entry.why()),
                entry.call().at(),
                entry.call().region(),
                entry.call().service() + " " + entry.call().operation(),
                entry.session().value()));
  }

  private void trailOnly() {
    TrailOnly only = findings.theirsWithoutOurs();
    if (only.events().isEmpty()) {
      return;
    }
    heading("In CloudTrail, not in the ledger");
    counts(
        List.of(
            new Count(
                only.unknownCall(), style.red("in sessions of the ledger, which has no such call")),
            new Count(
                only.unknownSession(),
                style.red("in sessions that the broker began and the ledger does not have"))));
    list(
        only.events(),
        only.unknownCall() + only.unknownSession(),
        entry ->
            row(
                lowerCase(entry.why()),
                entry.time(),
                entry.region(),
                entry.source() + " " + entry.name(),
                entry.session()));
  }

  private void policies() {
    Assumptions assumed = findings.assumptions();
    heading("Session policies, as CloudTrail shows them");
    counts(
        List.of(
            new Count(assumed.publishedPolicy(), style.green("the published one")),
            new Count(assumed.otherPolicy(), style.red("another than the published one")),
            new Count(assumed.noPolicy(), style.red("none at all")),
            new Count(assumed.policyNotShown(), "not shown by CloudTrail"),
            new Count(assumed.otherDuration(), style.red("for other than 900 seconds")),
            new Count(
                assumed.withoutExternalId(),
                style.yellow("let in without an External ID: the role trusts anyone we serve"))));
    if (assumed.events() == 0) {
      line("  no AssumeRole event of ours");
    }
    list(
        assumed.remarkable(),
        assumed.remarkable().size(),
        entry ->
            row(
                lowerCase(entry.policyIs()),
                entry.time(),
                entry.region(),
                entry.policy().orElse("no policy shown"),
                entry.session()));
  }

  private void keyUse() {
    KeyUse keys = findings.keyUse();
    heading("Access keys of our sessions, as CloudTrail shows their age");
    counts(
        List.of(
            new Count(keys.inTime(), style.green("used within 15 minutes of their issue")),
            new Count(keys.late(), style.red("used later than that")),
            new Count(keys.notShown(), "of which CloudTrail does not show the issue")));
    if (keys.inTime() + keys.late() + keys.notShown() == 0) {
      line("  no call of ours");
    }
    list(
        keys.calls(),
        keys.late(),
        call ->
            row(
                "issued " + LocalTime.ofInstant(call.issuedAt(), ZoneOffset.UTC),
                call.time(),
                call.region(),
                call.source() + " " + call.name(),
                call.session()));
  }

  private void skipped() {
    if (findings.filesSkipped().isEmpty()) {
      return;
    }
    heading("Files that were not used");
    list(
        findings.filesSkipped(),
        findings.files().skipped(),
        file -> printable(file.file()) + "  " + style.faint(printable(file.why())));
  }

  private void remarks() {
    List<String> remarks = new ArrayList<>();
    if (!findings.regionsWithoutEvents().isEmpty()) {
      remarks.add(
          "There is no event at all from "
              + String.join(", ", findings.regionsWithoutEvents())
              + ", where calls were made: were they fetched?");
    }
    if (!findings.ledgerComplete()) {
      remarks.add(
          "The ledger's last page is not among the files: what it has would be reported above.");
    }
    if (findings.notYetInLedger() > 0) {
      remarks.add(
          counted(findings.notYetInLedger(), "event")
              + " of sessions younger than the ledger ("
              + findings.ledgerAsOf()
              + "): get it again.");
    }
    if (findings.noLongerKept() > 0) {
      remarks.add(
          counted(findings.noLongerKept(), "event")
              + " of sessions older than what the ledger keeps.");
    }
    Findings.Files files = findings.files();
    if (files.unreadable() > 0) {
      remarks.add(counted(files.unreadable(), "record") + " could not be read as an event.");
    }
    if (files.duplicates() > 0) {
      remarks.add(
          counted(files.duplicates(), "event") + " stood there more than once, and count once.");
    }
    if (files.digests() + files.insights() > 0) {
      remarks.add(
          counted(files.digests(), "digest file")
              + " and "
              + counted(files.insights(), "Insights event")
              + " passed over.");
    }
    if (!findings.exact()) {
      remarks.add("There are more unknown events than can be told apart: some may count twice.");
    }
    if (!remarks.isEmpty()) {
      heading("Also");
      remarks.forEach(remark -> line("  · %s", remark));
    }
  }

  private record Count(long number, String what) {}

  private void counts(List<Count> counts) {
    counts.stream()
        .filter(count -> count.number() > 0)
        .forEach(count -> line("  %7s  %s", number(count.number()), count.what()));
  }

  private <T> void list(List<T> entries, long all, Function<T, String> form) {
    List<T> shown = entries.stream().limit(SHOWN).toList();
    shown.forEach(entry -> line("  %s", form.apply(entry)));
    if (all > shown.size() && !shown.isEmpty()) {
      line("  %s", style.faint("and " + number(all - shown.size()) + " more; --json lists 1,000"));
    }
  }

  private String row(String why, Instant at, String region, String what, String session) {
    return "%s  %s  %-15s %s  %s"
        .formatted(
            style.faint("%-17s".formatted(why)),
            at,
            printable(region),
            printable(what),
            style.faint(printable(session)));
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
