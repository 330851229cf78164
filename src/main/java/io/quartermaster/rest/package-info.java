/** The HTTP door: requests become commands, rows of views become answers. */
@NullMarked
@OpenAPIDefinition(
        info = @Info(title = "Quartermaster", version = "v1alpha1", description = ABOUT),
        security = @SecurityRequirement(name = "token"),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "token",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        description = ABOUT_TOKENS)))
package io.quartermaster.rest;

import static io.quartermaster.rest.Description.ABOUT;
import static io.quartermaster.rest.Description.ABOUT_TOKENS;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
