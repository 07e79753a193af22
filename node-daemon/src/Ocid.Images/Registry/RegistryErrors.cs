namespace Ocid.Images.Registry;

/// <summary>The body of a registry's error answer.</summary>
/// <remarks>https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes</remarks>
internal sealed record RegistryErrors
{
    public IReadOnlyList<RegistryError>? Errors { get; init; }

    internal sealed record RegistryError
    {
        public string? Code { get; init; }

        public string? Message { get; init; }
    }
}
