# The command line as an image (docs/install.md). First .ci/release, which fills artifacts/image; then: docker build -t changeling .
# The same files run on amd64 and arm64.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
# Training needs OpenMP.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
COPY artifacts/image/ /opt/changeling/
USER $APP_UID
WORKDIR /data
ENTRYPOINT ["dotnet", "/opt/changeling/changeling.dll"]
