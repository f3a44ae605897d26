package io.cloudoperator.bench.peers;

import io.cloudoperator.bench.customer.Customer;
import java.nio.file.Path;
import java.util.List;

/**
 * Somebody else's way to read an account's instances.
 *
 * @param name the column
 * @param requirements a file in bench/peers: its packages, each of one version
 * @param script in bench/peers, run by the interpreter of those packages, or by a shell
 * @param about what a reader has to know of it
 */
record Peer(String name, String requirements, String script, String about) {
  static final List<Peer> ALL =
      List.of(
          new Peer(
              "aws",
              "aws.txt",
              "aws_loop.sh",
              "aws: the aws CLI, a process for each region, one after the other, and for the buckets."),
          new Peer(
              "boto3",
              "boto3.txt",
              "boto3_threads.py",
              "boto3: a client and a thread for each region, and for the buckets."),
          new Peer(
              "Prowler",
              "prowler.txt",
              "prowler_instances.py",
              "Prowler: its AWS provider, then of its EC2 service the instances only, in its ten threads; neither what else that reads, nor a check, nor buckets."),
          new Peer(
              "Cartography",
              "cartography.txt",
              "cartography_instances.py",
              "Cartography: its EC2 module reads and transforms the instances, region after region; nothing is loaded into a graph, and no buckets are read."));

  /** The command that reads the customer's account with what is installed in a folder. */
  List<String> command(Path scripts, Path installed, Customer customer) {
    String path = scripts.resolve(script).toString();
    Path programs = installed.resolve("bin");
    List<String> program =
        script.endsWith(".sh")
            ? List.of("bash", path, programs.resolve("aws").toString())
            : List.of(programs.resolve("python").toString(), "-W", "ignore", path);
    return java.util.stream.Stream.concat(
            program.stream(), List.of(customer.role(), customer.externalId()).stream())
        .toList();
  }
}
