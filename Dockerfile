# The images where a registry can be reached: docker build --target node -t ocid . && docker build --target operator -t ocid-operator .
# `make images` builds the same content from Debian's packages where none can.
#   --build-arg REVISION=$(git rev-parse HEAD)   the commit, which the programs and the labels name
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE=gcr.io/distroless/cc-debian12

FROM ${SDK} AS build
ARG REVISION=
ARG TARGETARCH=amd64
WORKDIR /source
COPY . .
RUN for project in node-daemon/src/Ocid.Daemon operator/src/Ocid.Operator; do \
        dotnet publish "$project" --nologo -v quiet -c Release -o /publish \
            -p:OcidPlatform=linux-$(test "$TARGETARCH" = arm64 && echo arm64 || echo x64) -p:SourceRevisionId="$REVISION" -p:DebugType=none || exit 1; \
    done

FROM ${BASE} AS node
ARG REVISION=
LABEL org.opencontainers.image.title="ocid" \
    org.opencontainers.image.description="container runtime for Kubernetes nodes, and the agent that puts it onto them" \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.vendor="The OCID authors"
COPY --from=build /publish/ocid /usr/bin/ocid
# The agent writes to the host's file system, which is root's.
USER 0:0
ENTRYPOINT ["/usr/bin/ocid"]

FROM ${BASE} AS operator
ARG REVISION=
LABEL org.opencontainers.image.title="ocid-operator" \
    org.opencontainers.image.description="puts OCID onto the nodes of a cluster and configures it there" \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.vendor="The OCID authors"
COPY --from=build /publish/ocid-operator /usr/bin/ocid-operator
USER 65532:65532
ENTRYPOINT ["/usr/bin/ocid-operator"]
