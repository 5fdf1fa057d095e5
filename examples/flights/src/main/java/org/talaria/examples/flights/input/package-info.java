/** Reads flights from CSV files; says of each line that is none why it is none. */
@NullMarked
package org.talaria.examples.flights.input;

import org.jspecify.annotations.NullMarked;
