package io.cloudoperator.sample.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest requests, oldest first. A request is in it before its answer is sent. */
public final class RequestLog {

  /** Some three scans of an account with 1,000,000 instances. */
  private static final int CAPACITY = 10_000;

  private final Deque<LoggedRequest> requests = new ArrayDeque<>();

  public synchronized void add(LoggedRequest request) {
    if (requests.size() == CAPACITY) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  public synchronized List<LoggedRequest> all() {
    return List.copyOf(requests);
  }

  /** The requests of one operation, such as {@code ec2}, {@code DescribeInstances}. */
  public List<LoggedRequest> of(String service, String operation) {
    return matching(each -> each.service().equals(service) && each.operation().equals(operation));
  }

  public List<LoggedRequest> matching(Predicate<LoggedRequest> filter) {
    return all().stream().filter(filter).toList();
  }

  public synchronized void clear() {
    requests.clear();
  }
}
