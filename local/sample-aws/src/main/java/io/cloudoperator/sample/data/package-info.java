/** What the customer's account holds: instances and buckets, generated from a seed. */
@NullMarked
package io.cloudoperator.sample.data;

import org.jspecify.annotations.NullMarked;
