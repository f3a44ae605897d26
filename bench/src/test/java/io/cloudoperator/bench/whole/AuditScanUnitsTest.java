package io.cloudoperator.bench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.bench.Pass;
import io.cloudoperator.bench.region.Customer;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.local.backend.SampleCustomer;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The account of table h: 60 APIs in 34 regions, as far away as they are, behind their quotas. */
class AuditScanUnitsTest {
  /** docs/costs.md. Twice as slow a machine writes some ten units more. */
  private static final double MOST = 200;

  private static final Path ROOT =
      Path.of(System.getProperty("repository.root", ".")).toAbsolutePath().normalize();

  @Test
  void writesAtMostTwoHundredUnits() throws Exception {
    Pass pass = new Pass(true, ROOT, System.err);
    try (SampleCustomer sample =
            Customer.sample(WholeScan.distant(1200).withApis(60).withApiQuotas(true));
        Backend backend =
            new Backend(pass, new Backend.Design(Customer.of(sample, Tier.AUDIT), Tier.AUDIT))) {
      // The first does not know which regions are busy.
      backend.scan();

      MeasuredScan scan = backend.scan();

      assertThat(
              StreamSupport.stream(scan.snapshot().at("/apis/apis").spliterator(), false)
                  .mapToInt(count -> count.asInt())
                  .sum())
          .isGreaterThanOrEqualTo(60);
      assertThat(scan.snapshot().at("/coverage/complete").asInt()).isEqualTo(34);
      assertThat(scan.writes()).as(String.join("\n", scan.trace())).isBetween(100.0, MOST);
    }
  }
}
