/** The APIs of an account: what each is, generated from a seed and a size, and changed at will. */
@NullMarked
package io.cloudoperator.sample.apis;

import org.jspecify.annotations.NullMarked;
