/** The command line: path (the bars), sweep (the settings), smoke (does it run). */
@NullMarked
package org.talaria.bench.command;

import org.jspecify.annotations.NullMarked;
