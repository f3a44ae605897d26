package io.cloudoperator.service.ec2;

import java.time.Instant;
import java.util.Optional;

/**
 * What is looked at of one EC2 instance while DescribeInstances streams by. It is counted and
 * forgotten: no name, id, tag, address or key is in it.
 *
 * @param state {@code running}, {@code stopped}, …, as AWS says it
 * @param type such as {@code m7g.large}
 * @param architecture such as {@code arm64}; {@code unknown} where AWS does not say
 * @param platform AWS's platform details, such as {@code Linux/UNIX}
 * @param tenancy {@code default}, {@code dedicated} or {@code host}
 * @param imdsV1 whether the metadata service answers and takes requests without a token
 * @param launchedAt when it was last started
 * @param stoppedAt when it was stopped, where the transition reason says it
 */
public record InstanceFacts(
    String state,
    String type,
    String architecture,
    String platform,
    String tenancy,
    boolean imdsV1,
    boolean publicIpv4,
    boolean instanceProfile,
    boolean launchWizardGroup,
    Optional<Instant> launchedAt,
    Optional<Instant> stoppedAt) {}
