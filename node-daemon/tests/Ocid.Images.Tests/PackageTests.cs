using Ocid.Testing;

namespace Ocid.Images.Tests;

/// <summary>The NuGet packages, used by a program that knows nothing else of this repository. <c>make test</c> packs them first.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string Packages = Path.Combine(Repository.Artifacts, "packages");

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-package-").FullName;

    [SkippableFact]
    public async Task A_program_pulls_an_image_with_the_packages_alone()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        Skip.IfNot(Directory.Exists(Packages), "needs make pack");
        var missing = Tool.FirstMissing("docker-registry", "skopeo", "umoci");
        Skip.If(missing is not null, $"needs {missing}");
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian");
        await WriteProgramAsync();
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        await Tool.RunInAsync(_folder, dotnet, "build", "-c", "Debug", "-nologo", "-v", "quiet", "-p:UseSharedCompilation=false", "-nodeReuse:false");
        var output = await Tool.RunInAsync(_folder, dotnet, "bin/Debug/net10.0/Program.dll", reference, Path.Combine(_folder, "store"));

        var lines = output.Split('\n');
        lines[0].Should().MatchRegex("^[0-9a-f]{64}$");
        // Three times what the runtime needs by itself, for an image of 90 MB.
        long.Parse(lines[1]).Should().BeLessThan(192 * 1024, "the most kilobytes that the process had");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Nothing from the network: our packages, and what building this repository brought.
    private async Task WriteProgramAsync()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        await WriteAsync("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="ours" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{_folder}/packages" /></config>
            </configuration>
            """);
        await WriteAsync("Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Ocid.Images" Version="*" /></ItemGroup>
            </Project>
            """);
        await WriteAsync("Program.cs", """
            using Microsoft.Extensions.Logging.Abstractions;
            using Ocid.Images.Live;
            using Ocid.Images.Policy;
            using Ocid.Images.Pulling;
            using Ocid.Images.Registries;
            using Ocid.Primitives;
            using Ocid.Storage;

            var none = CancellationToken.None;
            var loggers = NullLoggerFactory.Instance;
            var options = new StoreOptions { Root = Path.Combine(args[1], "root"), RunRoot = Path.Combine(args[1], "run") };
            await using var store = await Store.OpenAsync(options, loggers, none);
            var roots = new ImageConfigurationRoots([args[1]]);
            using var registries = new ImageRegistries(new ImageRegistriesOptions { Roots = roots }, loggers);
            await using var puller = new ImagePuller(store, registries, new SignaturePolicy(roots, args[1], loggers), loggers);
            var image = await puller.PullAsync(ImageReference.Parse(args[0]), new PullOptions { TlsVerify = false }, null, none);
            Console.WriteLine(image.Id);
            Console.WriteLine(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
            """);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
