/**
 * Lambda functions, hosted in this JVM: the same handlers, the same serialization, JSON in and out.
 */
@NullMarked
package io.cloudoperator.platform.lambda;

import org.jspecify.annotations.NullMarked;
