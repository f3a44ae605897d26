/**
 * A sample AWS: two accounts, and services that answer on one loopback port as AWS does.
 *
 * <p>A service is one folder and one line. To add one, say RDS:
 *
 * <ol>
 *   <li>A package {@code rds} with {@code DbInstanceFacts}, a record that implements {@link
 *       io.cloudoperator.sample.data.Regional}: what an account has, without the form in which AWS
 *       tells it. If an inventory counts it, it says so in {@code apis()}.
 *   <li>{@code RdsGenerator}, a {@link io.cloudoperator.sample.data.Generator}: what of it stands
 *       in a generated account. Tests find it with {@code
 *       aws.customer().all(DbInstanceFacts.class)}, and change it there.
 *   <li>{@code RdsService}, a {@link io.cloudoperator.sample.wire.Service}: its signing name, its
 *       {@link io.cloudoperator.sample.wire.Protocol}, the version of its API and its operations.
 *       {@link io.cloudoperator.sample.wire.Operation} says how each is routed, and which action on
 *       which resource IAM is asked about before it is answered; {@code call.held(kind)} is what
 *       the caller's account has in the region, {@code call.page(all, rules)} the page that is
 *       asked for; {@link io.cloudoperator.sample.wire.Xml} and {@link
 *       io.cloudoperator.sample.wire.JsonBody} write it. What the service refuses is an {@link
 *       io.cloudoperator.sample.wire.AwsError}. Operations that it does not have are authorized and
 *       then refused; faults, latency, signatures, request ids and CloudTrail's events are the
 *       gateway's.
 *   <li>Its line in {@code SampleAws.services()}.
 * </ol>
 *
 * <p>What AWS's managed policies allow of it stands in {@link
 * io.cloudoperator.sample.iam.ManagedPolicies}, as an excerpt of AWS's documents.
 */
@NullMarked
package io.cloudoperator.sample;

import org.jspecify.annotations.NullMarked;
