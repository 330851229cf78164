package io.quartermaster.ssh;

import io.quartermaster.step.ShellWord;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become.Method;

/**
 * What sshd on the target gets to execute: become who the steps need, find the state directory, say
 * that all is ready, and run a program. Visible to everyone on the target, so it holds no secret.
 *
 * @param mark begins what it says
 */
record CommandLine(Target target, SshSettings settings, String mark) {

    /** Stores standard input and runs it in the same shell. */
    static final String RUN_INPUT =
            "bundle=\"$state/in.$mark\";"
                    + "if cat>\"$bundle\";then . \"$bundle\";else rm -f \"$bundle\";exit 74;fi";

    /** The exit status when the input cannot be stored. */
    static final int NOT_STORED = 74;

    /** The line that runs a program, which finds {@code $state} and {@code $mark} set. */
    String of(String program) {
        String state =
                asRoot() ? settings.stateDirectory() : "$HOME/" + settings.homeStateDirectory();
        String boot =
                "umask 077;mark="
                        + mark
                        + ";state="
                        + state
                        + ";[ -d \"$state\" ]||mkdir -p \"$state\""
                        + ";if [ -w \"$state\" ];then echo $mark ready;else echo $mark unwritable;exit;fi;"
                        + program;
        String sh = "sh -c " + ShellWord.quote(boot);
        return switch (method()) {
            case NONE -> sh;
            case SUDO ->
                    asksForPassword() ? "sh -c " + ShellWord.quote(asking(sh)) : "sudo -n " + sh;
            case DOAS -> "doas -n " + sh;
        };
    }

    /**
     * sudo prompts on the error stream; together with the output, so that there is one stream to
     * wait for.
     */
    private String asking(String sh) {
        return "exec sudo -S -p " + ShellWord.quote(mark + " prompt#") + " " + sh + " 2>&1";
    }

    /** Whether somebody else runs the steps than who signs in. */
    boolean becomes() {
        return method() != Method.NONE;
    }

    /** Whether a password may be asked for. */
    boolean asksForPassword() {
        return method() == Method.SUDO && target.become().passwordSecret() != null;
    }

    private boolean asRoot() {
        return target.user().equals("root") || becomes();
    }

    private Method method() {
        return target.user().equals("root") ? Method.NONE : target.become().method();
    }
}
