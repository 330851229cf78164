package io.quartermaster.kube;

import io.quartermaster.kube.ClusterException.Answer;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import java.util.stream.Collectors;

/** What can go wrong with a cluster, in words. */
final class Failures {

    private Failures() {}

    static Failure unreachable(String cluster, String why) {
        return new Failure(
                "cluster-unreachable",
                "the API server " + cluster + " cannot be reached: " + why,
                "none: it is tried again; see whether the API server runs and its address is right",
                Retry.WORTHWHILE);
    }

    static Failure noCluster() {
        return new Failure(
                "cluster-unknown",
                "the daemon knows no cluster: it has neither a kubeconfig nor a service account",
                "set KUBECONFIG, write ~/.kube/config, run it in a cluster,"
                        + " or give the step a kubeconfigSecret",
                Retry.POINTLESS);
    }

    static Failure noSecret(String name) {
        return new Failure(
                "secret-unknown",
                "there is no secret '" + name + "', which should hold a kubeconfig",
                "add the secret, or correct the step's kubeconfigSecret",
                Retry.POINTLESS);
    }

    /** Parsers quote what they read, so they are not quoted here. */
    static Failure noKubeconfig(String name) {
        return new Failure(
                "kubeconfig-invalid",
                "the secret '" + name + "' holds no kubeconfig that names a server",
                "replace it by a kubeconfig with a current context",
                Retry.POINTLESS);
    }

    static Failure invalid(String code, String reason, String remedy) {
        return new Failure(code, reason, remedy, Retry.POINTLESS);
    }

    static Failure again(String code, String reason, String remedy) {
        return new Failure(code, reason, remedy, Retry.WORTHWHILE);
    }

    static Failure unknownKind(String kind, String apiVersion) {
        return again(
                "kind-unknown",
                "the cluster knows no kind " + kind + " of " + apiVersion,
                "correct apiVersion and kind, or apply its CustomResourceDefinition before");
    }

    static Failure missing(Located object) {
        return again(
                "object-missing",
                object + " does not exist",
                "correct the name, or wait for it in an earlier step");
    }

    /**
     * @param request what was asked for: {@code PATCH Node h1}
     */
    static Failure refused(Answer answer, String request) {
        return switch (answer.status()) {
            case 401 ->
                    invalid(
                            "cluster-unauthorized",
                            "the API server does not know who asks for " + request,
                            "renew the credentials in the kubeconfig");
            case 403 ->
                    invalid(
                            "cluster-forbidden",
                            answer.message(),
                            "allow it by a role and a binding");
            case 404 ->
                    again(
                            "object-missing",
                            "the API server does not find what "
                                    + request
                                    + " needs: "
                                    + answer.message(),
                            "correct the name, or make it in an earlier step");
            case 409 -> conflict(answer, request);
            default ->
                    new Failure(
                            "object-refused",
                            "the API server refuses " + request + ": " + answer.message(),
                            "correct what the step says of it",
                            answer.status() < 500 ? Retry.POINTLESS : Retry.WORTHWHILE);
        };
    }

    private static Failure conflict(Answer answer, String request) {
        if (!answer.isCausedBy("FieldManagerConflict")) {
            return again(
                    "object-changed",
                    "the API server refuses " + request + ": " + answer.message(),
                    "none: it is tried again");
        }
        String fields =
                answer.causes().stream()
                        .map(cause -> cause.field() + " (" + cause.message() + ")")
                        .collect(Collectors.joining(", "));
        return invalid(
                "apply-conflict",
                "others manage fields of " + request.replaceFirst("^[A-Z]+ ", "") + ": " + fields,
                "leave these fields out, or say force: true to take them over");
    }
}
