package org.talaria.internal.jni;

import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP's parser how to read {@code talaria.h}: the build makes {@code TalariaCore} and the callback classes from it.
 *
 * <p>{@code NoException}, because no function of the C API throws: the generated code then has no try block, and a callback is not
 * asked for a Java exception (it must catch its own: {@link Callbacks}).
 */
@Properties(
        value = @Platform(include = "talaria/talaria.h"),
        target = "org.talaria.internal.jni",
        global = "org.talaria.internal.jni.TalariaCore")
@NoException
public class CorePreset implements InfoMapper {
    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("const char").valueTypes("byte").pointerTypes("String"))
                .put(new Info("function/pointers").annotations("@NoException"))
                .put(new Info("talaria_block_handler")
                        .valueTypes("BlockCallback")
                        .pointerTypes("BlockCallback"))
                .put(new Info("talaria_failure_handler")
                        .valueTypes("FailureCallback")
                        .pointerTypes("FailureCallback"))
                .put(new Info("talaria_clock_handler")
                        .valueTypes("ClockCallback")
                        .pointerTypes("ClockCallback"))
                .put(new Info("talaria_succession_handler")
                        .valueTypes("SuccessionCallback")
                        .pointerTypes("SuccessionCallback"));
    }
}
