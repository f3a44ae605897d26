/** The steps of a scan on the deployed tables and the sample AWS, in every order. */
@NullMarked
package io.cloudoperator.scanner;

import org.jspecify.annotations.NullMarked;
