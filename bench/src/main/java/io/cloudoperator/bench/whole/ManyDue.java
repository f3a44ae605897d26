package io.cloudoperator.bench.whole;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.Table;
import io.cloudoperator.bench.customer.SampleProcess;
import io.cloudoperator.bench.report.Bar;
import io.cloudoperator.bench.report.Result;
import io.cloudoperator.bench.report.Row;
import java.util.List;
import java.util.Optional;

/** Table f. */
public final class ManyDue implements Table {
  private static final List<Integer> COUNTS = List.of(10, 100, 1000);
  private static final int INSTANCES = 60;
  private static final int REGIONS = 17;

  // More than the first ten are waited for: a scan is not on its way alone.
  private static final int WARM_UP = 100;
  private static final double LINEAR = 1.1;

  @Override
  public String name() {
    return "f";
  }

  @Override
  public String title() {
    return "Connections that are due at once, scanned in one JVM: figures for each scan";
  }

  @Override
  public Result measure(Pass pass) throws Exception {
    Row.Builder time = Row.of("time a scan", "ms");
    Row.Builder rate = Row.of("scans a second", "");
    Row.Builder processor = Row.of("processor time a scan", "ms");
    Row.Builder writes = Row.of("write units a scan", "");
    Row.Builder reads = Row.of("read units a scan", "");
    Row.Builder invocations = Row.of("invocations a scan", "");
    try (SampleProcess sample =
            SampleProcess.start(pass.root(), INSTANCES, REGIONS, SampleProcess.Distance.NONE);
        BackendProcess backend = BackendProcess.start(pass.root(), sample)) {
      for (int i = 0; i < 5; i++) {
        pass.say("warming up: %.1f ms a scan", backend.due(WARM_UP).millis() / WARM_UP);
      }
      for (int round = 0; round < pass.rounds(3); round++) {
        for (int count : counts(pass)) {
          Answer answer = repeated(backend, count);
          String subject = subject(count);
          double scans = answer.scans();
          Usage used = answer.usage();
          time.add(subject, answer.millis() / scans);
          rate.add(subject, scans / answer.millis() * 1000);
          processor.add(subject, answer.cpuMillis() / scans);
          writes.add(subject, used.writes() / scans);
          reads.add(subject, used.reads() / scans);
          invocations.add(
              subject, used.invocations().values().stream().mapToInt(List::size).sum() / scans);
          pass.say("%,d: %.1f ms a scan", count, answer.millis() / scans);
        }
      }
    }
    return new Result(
        COUNTS.stream().map(ManyDue::subject).toList(),
        List.of(
            linear(time),
            rate.build(),
            linear(processor),
            linear(writes),
            linear(reads),
            linear(invocations)),
        List.of(
            "From the invocation of DueScans to the end of the last state machine; %,d instances in %d regions, as near as the machine is."
                .formatted(INSTANCES, REGIONS),
            "Each connection is of a tenant of its own; DynamoDB Local, with its stream and the trimming, is in the same JVM.",
            "Ten and a hundred are scanned several times in a row, to be measured for about as long as more."));
  }

  private static Answer repeated(BackendProcess backend, int count) throws Exception {
    int times = Math.max(1, 100 / count);
    Answer sum = backend.due(count);
    for (int i = 1; i < times; i++) {
      sum = sum.plus(backend.due(count));
    }
    return sum;
  }

  private static List<Integer> counts(Pass pass) {
    return pass.quick() ? COUNTS.subList(0, 2) : COUNTS;
  }

  private static String subject(int count) {
    return "%,d at once".formatted(count);
  }

  private static Row linear(Row.Builder row) {
    return row.ratio(subject(100), subject(10), Optional.of(Bar.atMost(LINEAR)))
        .ratio(subject(1000), subject(100), Optional.of(Bar.atMost(LINEAR)))
        .build();
  }
}
