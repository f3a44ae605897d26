package io.cloudoperator.service;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.inventory.ApiSource;
import java.util.List;
import java.util.function.Function;

/**
 * How the facts of one source are read.
 *
 * @param service that is asked
 * @param read in the region that is given; throws nothing for what AWS answers
 */
public record Discovery<F>(
    ApiSource<F> source, AwsService service, Function<RegionClient, Reading<List<F>>> read) {}
