# The daemon in a container: docker build -t quartermaster:0.1.0 . && docker run -p 8080:8080 -v qm:/data quartermaster:0.1.0
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml quartermaster ./
COPY .mvn .mvn
COPY src src
# All classes on one class path, which is what the JVM can remember between starts.
RUN MAVEN_ARGS=-Dquarkus.package.jar.type=aot-jar ./quartermaster build

FROM eclipse-temurin:25-jre AS daemon
# A number, so that Kubernetes can see that it is not root, and a name for it, which PostgreSQL's initdb asks for.
RUN groupadd --gid 10001 quartermaster \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin quartermaster \
    && install -d -o 10001 -g 10001 -m 700 /data
# What changes least comes first: a new version of the daemon is the last few megabytes.
COPY --from=build /src/target/quarkus-app/lib/ /opt/quartermaster/lib/
COPY --from=build /src/target/quarkus-app/quarkus-run.jar /opt/quartermaster/
COPY --from=build /src/target/quarkus-app/quarkus/ /opt/quartermaster/quarkus/
COPY --from=build /src/target/quarkus-app/app/ /opt/quartermaster/app/

# Starts it once, on the very files and the very JVM, for the cache that makes later starts short.
FROM daemon AS warm
COPY src/main/docker/warm-up.sh /warm-up.sh
USER 10001:10001
RUN bash /warm-up.sh /opt/quartermaster/quarkus-run.jar /tmp/quartermaster.aot /tmp/data

FROM daemon
COPY --from=warm /tmp/quartermaster.aot /opt/quartermaster/
USER 10001:10001
ENV QUARTERMASTER_DATA=/data QUARTERMASTER_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
# A cache that does not fit, to another garbage collector for one, is passed over with a warning.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=/opt/quartermaster/quartermaster.aot", \
    "-jar", "/opt/quartermaster/quarkus-run.jar"]
CMD ["serve"]
