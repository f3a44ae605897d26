/**
 * Evaluates CloudFormation templates: parameters, conditions and intrinsic functions. Imports
 * nothing of the product, so that the sample AWS stays independent of it.
 */
@NullMarked
package io.cloudoperator.cloudformation;

import org.jspecify.annotations.NullMarked;
