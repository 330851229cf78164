package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import java.util.Optional;

/** A cluster could not be asked, or refused; the failure says why, and what to do. */
public final class InstanceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of what a server says; some quote whole objects. */
    private static final int LONGEST = 1_000;

    /** What the client has for a status when there was no answer. */
    private static final int NO_ANSWER = -1;

    private final transient Failure failure;

    /** A failure that is known already. */
    public InstanceFailure(Failure failure) {
        super(failure.reason(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /**
     * What a server's answer, or its silence, means.
     *
     * @param act what was tried: {@code creating pod a/b}
     */
    static InstanceFailure of(String act, KubernetesClientException e) {
        return new InstanceFailure(
                switch (e.getCode()) {
                    case NO_ANSWER ->
                            new Failure(
                                    "cluster-unreachable",
                                    act + ": the API server cannot be reached: " + why(e),
                                    "see whether the cluster is up and its address in the kubeconfig"
                                            + " right; it is tried again by itself",
                                    Retry.WORTHWHILE);
                    case 401 ->
                            new Failure(
                                    "cluster-unauthorized",
                                    act + ": the cluster does not know the daemon's account",
                                    "renew the credentials in the kubeconfig",
                                    Retry.WORTHWHILE);
                    case 403 ->
                            new Failure(
                                    "cluster-forbidden",
                                    act + " is not allowed: " + said(e),
                                    "grant the daemon's account the verb, or raise the quota or change"
                                            + " the policy that is named",
                                    Retry.WORTHWHILE);
                    case 400, 422 ->
                            new Failure(
                                    "instance-invalid",
                                    act + ": the cluster refuses the class's template: " + said(e),
                                    "correct the template in the MachineClass",
                                    Retry.WORTHWHILE);
                    default ->
                            new Failure(
                                    "cluster-error",
                                    act + " failed with status " + e.getCode() + ": " + said(e),
                                    "look at the cluster; it is tried again by itself",
                                    Retry.WORTHWHILE);
                });
    }

    private static String said(KubernetesClientException e) {
        var status = Optional.ofNullable(e.getStatus());
        var text = status.map(each -> each.getMessage()).orElse("it gives no reason");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    /** The innermost cause says most; its class, because some messages are only a host's name. */
    private static String why(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
