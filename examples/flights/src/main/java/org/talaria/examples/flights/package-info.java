/** The demonstration: real flights through actors and a C++ handler, journaled, proved, replayed and reported. */
@NullMarked
package org.talaria.examples.flights;

import org.jspecify.annotations.NullMarked;
