/** What the demonstration prints and writes. */
@NullMarked
package org.talaria.examples.flights.report;

import org.jspecify.annotations.NullMarked;
