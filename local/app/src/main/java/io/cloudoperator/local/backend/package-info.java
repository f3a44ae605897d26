/** The deployment that template.yaml describes, wired together in this JVM. */
@NullMarked
package io.cloudoperator.local.backend;

import org.jspecify.annotations.NullMarked;
