/** What others take to read the same account, each as its makers publish it. */
@NullMarked
package io.cloudoperator.bench.peers;

import org.jspecify.annotations.NullMarked;
