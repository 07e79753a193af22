using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        string? kubeconfigPath = null, string? currentContext = null, string? masterUrl = null, bool useRelativePaths = true)
    {
        var file = kubeconfigPath ?? KubeConfigDefaultLocation;
        if (!File.Exists(file))
            throw new KubeConfigException($"kubeconfig file not found at {file}");

        var root = Root(file);
        var name = currentContext ?? Text(root, "current-context") ?? throw new KubeConfigException("current context not set");
        var context = Named(root, "contexts", name, "context");
        var cluster = Named(root, "clusters", Text(context, "cluster"), "cluster");
        var user = Named(root, "users", Text(context, "user"), "user");
        var folder = useRelativePaths ? Path.GetDirectoryName(Path.GetFullPath(file))! : Directory.GetCurrentDirectory();
        if (user.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(key => key.Value is "exec" or "auth-provider" or "username") is { } unknown)
            throw new KubeConfigException($"user of context {name}: {unknown.Value} is not supported by the stand-in; take the package itself");

        return new KubernetesClientConfiguration
        {
            CurrentContext = name,
            Namespace = Text(context, "namespace"),
            Host = masterUrl ?? Text(cluster, "server") ?? throw new KubeConfigException($"cluster of context {name} has no server"),
            SkipTlsVerify = Text(cluster, "insecure-skip-tls-verify") == "true",
            TlsServerName = Text(cluster, "tls-server-name"),
            SslCaCerts = Authorities(cluster, folder),
            AccessToken = Text(user, "token"),
            TokenProvider = Text(user, "token") is null && Text(user, "tokenFile") is { } token ? new TokenFileAuth(Path.Combine(folder, token)) : null,
            ClientCertificateData = Text(user, "client-certificate-data"),
            ClientCertificateKeyData = Text(user, "client-key-data"),
            ClientCertificateFilePath = Text(user, "client-certificate") is { } certificate ? Path.Combine(folder, certificate) : null,
            ClientKeyFilePath = Text(user, "client-key") is { } key ? Path.Combine(folder, key) : null,
        };
    }

    private static YamlMappingNode Root(string file)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = File.OpenText(file);
            yaml.Load(reader);
        }
        catch (YamlException wrong)
        {
            throw new KubeConfigException($"kubeconfig {file}: {wrong.Message}", wrong);
        }

        return yaml.Documents.FirstOrDefault()?.RootNode as YamlMappingNode ?? throw new KubeConfigException($"kubeconfig {file}: want an object");
    }

    private static YamlMappingNode Named(YamlMappingNode root, string list, string? name, string member) =>
        (root.Children.TryGetValue(list, out var items) && items is YamlSequenceNode entries ? entries : [])
            .OfType<YamlMappingNode>().Where(item => Text(item, "name") == name && item.Children.ContainsKey(member)).Select(item => item[member]).OfType<YamlMappingNode>().FirstOrDefault()
        ?? throw new KubeConfigException($"{list} has no {name}");

    private static string? Text(YamlMappingNode node, string key) => (node.Children.TryGetValue(key, out var value) ? value as YamlScalarNode : null)?.Value;

    private static X509Certificate2Collection? Authorities(YamlMappingNode cluster, string folder)
    {
        if (Pem(Text(cluster, "certificate-authority-data"), Text(cluster, "certificate-authority") is { } file ? Path.Combine(folder, file) : null) is not { } pem)
            return null;

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }
}
