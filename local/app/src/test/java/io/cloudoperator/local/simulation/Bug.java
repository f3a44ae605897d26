package io.cloudoperator.local.simulation;

import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;

/** A mistake that the product could have: the simulation must find each of them. */
interface Bug {
  /** The product as it is. */
  Bug NONE = new Bug() {};

  /** What a function is made of. */
  default Wiring wiring(World world, Settings settings, AwsClients clients, Telemetry telemetry) {
    return new Functions.SimulatedWiring(world, settings, clients, telemetry);
  }

  /** A request to the tables, as it arrives there. */
  default String inRequest(String operation, String request) {
    return request;
  }
}
