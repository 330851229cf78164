package io.quartermaster.runner;

import io.quarkus.qute.Evaluator;
import io.quarkus.qute.Expression;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Qute's loops with a limit on the turns of a whole rendering: a template is written by a tenant,
 * and Qute itself would loop until the memory is used up.
 */
final class BoundedLoops implements SectionHelperFactory<SectionHelper> {

    /** Turns of all loops of one rendering together. */
    static final int MOST_TURNS = 10_000;

    private final LoopSectionHelper.Factory loops = new LoopSectionHelper.Factory();
    private int turns;

    /** A rendering begins. */
    void rewind() {
        turns = 0;
    }

    private void count(long more) {
        turns += (int) Math.min(more, MOST_TURNS + 1);
        if (turns > MOST_TURNS) {
            throw new TemplateException("its loops take more than " + MOST_TURNS + " turns");
        }
    }

    @Override
    public SectionHelper initialize(SectionInitContext context) {
        SectionHelper loop = loops.initialize(context);
        return resolution -> loop.resolve(new Counted(resolution));
    }

    @Override
    public List<String> getDefaultAliases() {
        return loops.getDefaultAliases();
    }

    @Override
    public ParametersInfo getParameters() {
        return loops.getParameters();
    }

    @Override
    public List<String> getBlockLabels() {
        return loops.getBlockLabels();
    }

    @Override
    public Scope initializeBlock(Scope outer, BlockInfo block) {
        return loops.initializeBlock(outer, block);
    }

    /** Counts every turn. */
    private final class Counted implements SectionHelper.SectionResolutionContext {

        private final SectionHelper.SectionResolutionContext loop;

        Counted(SectionHelper.SectionResolutionContext loop) {
            this.loop = loop;
        }

        @Override
        public CompletionStage<ResultNode> execute(SectionBlock block, ResolutionContext turn) {
            count(1);
            return loop.execute(block, turn);
        }

        @Override
        public ResolutionContext resolutionContext() {
            return new Sized(loop.resolutionContext());
        }

        @Override
        public CompletionStage<Map<String, Object>> evaluate(Map<String, Expression> parameters) {
            return loop.evaluate(parameters);
        }

        @Override
        public ResolutionContext newResolutionContext(
                Object data, Map<String, SectionBlock> blocks) {
            return loop.newResolutionContext(data, blocks);
        }

        @Override
        public Map<String, Object> getParameters() {
            return loop.getParameters();
        }
    }

    /** Counts a number's turns before Qute makes room for them. */
    private final class Sized implements ResolutionContext {

        private final ResolutionContext outer;

        Sized(ResolutionContext outer) {
            this.outer = outer;
        }

        @Override
        public CompletionStage<Object> evaluate(Expression expression) {
            return outer.evaluate(expression).thenApply(this::sized);
        }

        @Override
        public CompletionStage<Object> evaluate(String expression) {
            return outer.evaluate(expression).thenApply(this::sized);
        }

        private Object sized(Object turned) {
            if (turned instanceof Number number && number.longValue() > MOST_TURNS) {
                count(number.longValue());
            }
            return turned;
        }

        @Override
        public ResolutionContext createChild(Object data, Map<String, SectionBlock> blocks) {
            return outer.createChild(data, blocks);
        }

        @Override
        public Object getData() {
            return outer.getData();
        }

        @Override
        public ResolutionContext getParent() {
            return outer.getParent();
        }

        @Override
        public SectionBlock getExtendingBlock(String name) {
            return outer.getExtendingBlock(name);
        }

        @Override
        public SectionBlock getCurrentExtendingBlock(String name) {
            return outer.getCurrentExtendingBlock(name);
        }

        @Override
        public Object getAttribute(String key) {
            return outer.getAttribute(key);
        }

        @Override
        public Template getTemplate() {
            return outer.getTemplate();
        }

        @Override
        public Evaluator getEvaluator() {
            return outer.getEvaluator();
        }
    }
}
