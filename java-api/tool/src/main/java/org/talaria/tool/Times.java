package org.talaria.tool;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;

/** Reads the times of {@code --from} and {@code --to}: UTC, as {@code show} prints them. */
final class Times {
    private final long dayMs;

    /** @param dayMs wall clock, milliseconds since 1970, of the day that a time without a date means */
    Times(long dayMs) {
        this.dayMs = dayMs;
    }

    /**
     * Nanoseconds since 1970; 0 for null.
     *
     * @param text {@code 10:00}, {@code 10:00:00.123456}, {@code 2026-11-21T10:00} or {@code 2026-11-21T10:00:00Z}
     * @throws TalariaException if it is none
     */
    long epochNs(String option, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            Instant instant = parse(text);
            return Math.addExact(TimeUnit.SECONDS.toNanos(instant.getEpochSecond()), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new TalariaException(
                    option + " " + text
                            + " is no time: give one such as 10:00, 10:00:00.123456 or 2026-11-21T10:00:00Z (UTC)",
                    e);
        }
    }

    private Instant parse(String text) {
        if (text.indexOf('T') < 0) {
            return Instant.ofEpochMilli(dayMs)
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .atTime(LocalTime.parse(text))
                    .toInstant(ZoneOffset.UTC);
        }
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
