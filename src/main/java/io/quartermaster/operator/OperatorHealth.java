package io.quartermaster.operator;

import io.quartermaster.operator.KubernetesOperator.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How the operator stands. Never a reason to send requests elsewhere: without an API server the
 * daemon goes on with everything else, so that state is told and does not count.
 */
@Readiness
@Singleton
public final class OperatorHealth implements HealthCheck {
    private final KubernetesOperator operator;

    @Inject
    public OperatorHealth(KubernetesOperator operator) {
        this.operator = operator;
    }

    @Override
    public HealthCheckResponse call() {
        var state = operator.state();
        var response =
                HealthCheckResponse.named("kubernetes operator")
                        .up()
                        .withData("state", state.name().toLowerCase(Locale.ROOT));
        return (state == State.DEGRADED
                        ? response.withData("reason", operator.trouble())
                        : response)
                .build();
    }
}
