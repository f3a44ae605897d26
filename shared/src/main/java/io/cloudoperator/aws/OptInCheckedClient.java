package io.cloudoperator.aws;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Asks as another does. A region that is not enabled refuses as it refuses broken credentials: it
 * is said of the region only if the account says so as well, which is asked once.
 */
public final class OptInCheckedClient implements RegionClient {
  private final RegionClient asking;
  private final BooleanSupplier notEnabled;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Boolean> confirmed = Optional.empty();

  public OptInCheckedClient(RegionClient asking, BooleanSupplier notEnabled) {
    this.asking = asking;
    this.notEnabled = notEnabled;
  }

  @Override
  public <T> Reading<T> ask(AwsService service, Function<AwsClient, T> question) {
    Reading<T> answer = asking.ask(service, question);
    return answer instanceof Unread<T>(Reason _, String code)
            && AwsErrors.knowsNoCredentials(code)
            && confirmed()
        ? new Unread<>(Reason.NOT_OPTED_IN, code)
        : answer;
  }

  private boolean confirmed() {
    lock.lock();
    try {
      boolean isSo = confirmed.orElseGet(notEnabled::getAsBoolean);
      confirmed = Optional.of(isSo);
      return isSo;
    } finally {
      lock.unlock();
    }
  }
}
