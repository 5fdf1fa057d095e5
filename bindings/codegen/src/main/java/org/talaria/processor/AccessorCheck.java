package org.talaria.processor;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records that write an accessor of their own: codecs call accessors between claim and commit, where no code of the user's may run (R11).
 * The language model does not tell a written accessor from an implied one, javac's trees do; under another compiler (ecj), or a build tool that wraps the
 * environment, the check is left out.
 */
final class AccessorCheck {
    private final @Nullable Trees trees;

    AccessorCheck(ProcessingEnvironment environment) {
        trees = treesOf(environment);
    }

    private static @Nullable Trees treesOf(ProcessingEnvironment environment) {
        try {
            return Trees.instance(environment);
        } catch (IllegalArgumentException | LinkageError e) {
            return null;
        }
    }

    /** Looks at each accessor of a record that is compiled now. */
    void check(TypeElement record) {
        for (RecordComponentElement component : record.getRecordComponents()) {
            ExecutableElement accessor = component.getAccessor();
            if (trees != null && accessor != null && written(trees, accessor)) {
                throw new Refusal(
                        accessor,
                        "accessor " + accessor
                                + " is written by hand: codecs call accessors while a claim is open, where no such code may"
                                + " run: remove it, and give what it does another name");
            }
        }
    }

    /** An implied accessor has no tree, or one without a body. */
    private static boolean written(Trees trees, ExecutableElement accessor) {
        TreePath path = trees.getPath(accessor);
        return path != null && path.getLeaf() instanceof MethodTree method && method.getBody() != null;
    }
}
