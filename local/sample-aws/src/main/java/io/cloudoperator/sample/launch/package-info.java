/** Reads a CloudFormation template and launches the IAM role that it declares. */
@NullMarked
package io.cloudoperator.sample.launch;

import org.jspecify.annotations.NullMarked;
