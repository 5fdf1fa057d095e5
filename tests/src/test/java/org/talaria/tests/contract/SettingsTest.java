package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.talaria.BackPressure;
import org.talaria.IdleStrategy;
import org.talaria.Priority;
import org.talaria.ShardGroup;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ActorOptions.Placement;
import org.talaria.actor.Mailbox;
import org.talaria.internal.settings.Domain;
import org.talaria.internal.settings.Quantity;
import org.talaria.internal.settings.Scope;
import org.talaria.internal.settings.Setting;
import org.talaria.journal.Journal;

/** Every setting: what its range has is taken, what lies beside it is refused with name, value and range; its setter's Javadoc says the same; each setter has one. */
class SettingsTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("talaria.tests.home", "."), "../java-api/core/src/main/java");

    private static Object made(Scope scope) {
        return switch (scope) {
            case ENGINE -> TalariaConfig.config();
            case GROUP -> ShardGroup.named("group");
            case ENDPOINT -> ActorOptions.options();
            case MAILBOX -> Mailbox.unbounded();
            case IDLE -> IdleStrategy.backoff();
            case JOURNAL -> Journal.at(Path.of("journal"));
        };
    }

    /** Gives a value to its setter: by name, where that takes nothing else. */
    private static Object set(Setting setting, @Nullable Object value) throws Throwable {
        Duration park = IdleStrategy.backoff().longestPark();
        return switch (setting) {
            case HIGH_WATER -> TalariaConfig.config().waterMarks((double) value, Double.MIN_VALUE, mark -> {});
            case LOW_WATER -> TalariaConfig.config().waterMarks(1, (double) value, mark -> {});
            case WATER_MARK_LISTENER -> TalariaConfig.config().waterMarks(0.5, 0.25, null);
            case BACK_PRESSURE_AT -> TalariaConfig.config().backPressureAt(Priority.LOW, (BackPressure) value);
            case MAILBOX_CAPACITY -> Mailbox.bounded((int) value, BackPressure.FAIL);
            case MAILBOX_POLICY -> Mailbox.bounded(1, (BackPressure) value);
            case MAILBOX_AT -> Mailbox.unbounded().at(Priority.LOW, (BackPressure) value);
            case MAX_SPINS -> IdleStrategy.backoff((int) value, 0, park);
            case MAX_YIELDS -> IdleStrategy.backoff(0, (int) value, park);
            case LONGEST_PARK -> IdleStrategy.backoff(0, 0, (Duration) value);
            case JOURNAL_PATH -> Journal.at((Path) value);
            default -> byName(setting, value);
        };
    }

    private static Object byName(Setting setting, @Nullable Object value) throws Throwable {
        try {
            return setter(setting).orElseThrow().invoke(made(setting.scope()), value);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Optional<Method> setter(Setting setting) {
        return Arrays.stream(made(setting.scope()).getClass().getMethods())
                .filter(method -> method.getName().equals(setting.label()) && method.getParameterCount() == 1)
                .findFirst();
    }

    /** What the object of a setting says, by the accessor of that name; none: there is no such accessor. */
    private static Optional<Object> said(Setting setting, Object by) throws ReflectiveOperationException {
        for (Method method : by.getClass().getMethods()) {
            if (method.getName().equals(setting.label())
                    && method.getParameterCount() == 0
                    && method.getReturnType() != by.getClass()) {
                return Optional.ofNullable(method.invoke(by));
            }
        }
        return Optional.empty();
    }

    /** As its setter takes it: an int, where that is what all of the range fits. */
    private static Object whole(Setting setting, long value) {
        boolean isInt = setter(setting)
                .map(method -> method.getParameterTypes()[0] == int.class)
                .orElse(true);
        return isInt ? (Object) (int) value : (Object) value;
    }

    private static boolean isThere(Setting setting, long value) {
        return !(whole(setting, value) instanceof Integer) || value == (int) value;
    }

    private static List<Object> taken(Setting setting) {
        List<Object> values = new ArrayList<>();
        if (setting.domain() instanceof Domain.Whole whole) {
            for (long value : new long[] {whole.least(), whole.most(), whole.presetValue()}) {
                if (isThere(setting, value) && value >= whole.least()) {
                    values.add(whole(setting, value));
                }
            }
        } else if (setting.domain() instanceof Domain.Time time) {
            values.addAll(List.of(time.least(), time.most(), time.presetValue()));
        } else if (setting.domain() instanceof Domain.Share) {
            values.addAll(List.of(Math.nextUp(Double.MIN_VALUE), setting == Setting.HIGH_WATER ? 1.0 : 0.999));
        } else if (setting.domain() instanceof Domain.Choice choice) {
            values.addAll(Arrays.asList(choice.presetValue().getDeclaringClass().getEnumConstants()));
            // It names its shard
            values.remove(Placement.EXPLICIT);
        } else if (setting.domain() instanceof Domain.Switch && setter(setting).isPresent()) {
            values.addAll(List.of(true, false));
        }
        return values;
    }

    private static List<Object> refused(Setting setting) {
        List<Object> values = new ArrayList<>();
        if (setting.domain() instanceof Domain.Whole whole) {
            for (long value : new long[] {whole.least() - 1, whole.most() + 1}) {
                if (isThere(setting, value)) {
                    values.add(whole(setting, value));
                }
            }
            if (whole.powersOnly()) {
                values.add(whole(setting, whole.least() + 1));
            }
        } else if (setting.domain() instanceof Domain.Time time) {
            values.addAll(List.of(time.least().minusNanos(1), time.most().plusNanos(1)));
            values.add(Duration.ofSeconds(Long.MIN_VALUE));
            values.add(Duration.ofSeconds(Long.MAX_VALUE));
        } else if (setting.domain() instanceof Domain.Share) {
            values.addAll(List.of(0.0, -0.5, Math.nextUp(1.0), Double.NaN));
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void whatItsRangeHasIsTaken(Setting setting) throws Throwable {
        for (Object value : taken(setting)) {
            Object by = set(setting, value);
            said(setting, by).ifPresent(is -> assertEquals(value, is));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLiesBesideIsRefusedWithNameValueAndRange(Setting setting) {
        for (Object value : refused(setting)) {
            String text = value instanceof Duration time ? Quantity.text(time) : value.toString();
            String said = assertThrows(IllegalArgumentException.class, () -> set(setting, value))
                    .getMessage();
            assertTrue(said.contains(setting.label() + " " + text + " is out of range: give "), said);
            assertTrue(said.endsWith(setting.domain().remedy()), said);
            if (setting.domain() instanceof Domain.Whole whole) {
                assertTrue(said.contains(String.valueOf(whole.least())), said);
                assertTrue(
                        said.contains(
                                whole.most() == Domain.NO_MOST ? "or more" : "to " + whole.most() + last(whole.unit())),
                        said);
            }
        }
    }

    private static String last(String unit) {
        return unit.isEmpty() ? "" : " " + unit;
    }

    @ParameterizedTest
    @EnumSource
    void noneIsRefusedByItsName(Setting setting) {
        if (setting.domain() instanceof Domain.Time
                || setting.domain() instanceof Domain.Choice
                || setting.domain() instanceof Domain.Thing) {
            String said = assertThrows(NullPointerException.class, () -> set(setting, null))
                    .getMessage();
            assertTrue(said.contains(setting.label() + " is null: give "), said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsDefaultIsWhatANewOneSays(Setting setting) throws ReflectiveOperationException {
        Object says = said(setting, made(setting.scope())).orElse(null);
        if (says instanceof Number number) {
            assertEquals(
                    setting == Setting.ON_SHARD ? 0 : ((Domain.Whole) setting.domain()).presetValue(),
                    number.longValue());
        } else if (says instanceof Duration || says instanceof Boolean || says instanceof Enum<?>) {
            assertEquals(
                    setting.domain().preset(), says instanceof Duration time ? Quantity.text(time) : says.toString());
        }
    }

    /** Ranges and defaults are written there by hand, for who reads it in an editor. */
    @ParameterizedTest
    @EnumSource
    void itsJavadocSaysTheSame(Setting setting) throws IOException {
        Domain domain = setting.domain();
        boolean ranged = domain instanceof Domain.Whole || domain instanceof Domain.Time;
        boolean chosen = domain instanceof Domain.Choice || domain instanceof Domain.Switch;
        if (!ranged && (!chosen || setter(setting).isEmpty())) {
            return;
        }
        String javadoc = javadoc(setting);
        if (ranged) {
            assertTrue(javadoc.contains(domain.range()), javadoc + "should say " + domain.range());
        }
        if (!(domain instanceof Domain.Whole whole) || whole.presetValue() >= whole.least()) {
            assertTrue(javadoc.contains("default " + domain.preset()), javadoc + "should say " + domain.preset());
        }
    }

    private static String javadoc(Setting setting) throws IOException {
        Class<?> type = made(setting.scope()).getClass();
        String source = Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
        String method =
                switch (setting.scope()) {
                    case IDLE -> "backoff";
                    case MAILBOX -> "bounded";
                    default -> setting.label();
                };
        Matcher found = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*public (?:static )?\\w+ " + method + "\\(\\w",
                        Pattern.DOTALL)
                .matcher(source);
        assertTrue(found.find(), () -> "no " + method + "(…) in " + type);
        if (setting.scope() != Scope.IDLE) {
            return found.group(1);
        }
        Matcher line = Pattern.compile("@param " + setting.label() + ".*").matcher(found.group(1));
        assertTrue(line.find(), found.group(1));
        return line.group();
    }

    @Test
    void everySetterIsASetting() {
        int setters = 0;
        for (Scope scope : Scope.values()) {
            Class<?> type = made(scope).getClass();
            for (Method method : type.getMethods()) {
                if (method.getReturnType() == type
                        && method.getParameterCount() > 0
                        && !Modifier.isStatic(method.getModifiers())) {
                    setters++;
                    assertTrue(
                            Arrays.stream(Setting.values())
                                    .anyMatch(setting -> setting.scope() == scope
                                            && setting.label().split(" ", -1)[0].equals(method.getName())),
                            () -> method + " has no Setting");
                }
            }
        }
        assertTrue(setters > 40, setters + " setters found");
    }

    @Test
    void aLowMarkIsBelowTheHighOne() {
        TalariaConfig config = TalariaConfig.config();
        for (double low : new double[] {0.5, 0.75}) {
            String said = assertThrows(IllegalArgumentException.class, () -> config.waterMarks(0.5, low, mark -> {}))
                    .getMessage();
            assertEquals(
                    "waterMarks low " + low + " is out of range: give more than 0, less than high, which is 0.5", said);
        }
    }
}
