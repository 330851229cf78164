# The daemon in a container: docker build -t quartermaster . && docker run -p 8080:8080 -v qm:/data quartermaster
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml quartermaster ./
COPY .mvn .mvn
COPY src src
RUN ./quartermaster build

FROM eclipse-temurin:25-jre
# A number, so that Kubernetes can see that it is not root.
RUN install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /src/target/quarkus-app /opt/quartermaster
USER 10001:10001
ENV QUARTERMASTER_DATA=/data QUARTERMASTER_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-jar", "/opt/quartermaster/quarkus-run.jar"]
CMD ["serve"]
