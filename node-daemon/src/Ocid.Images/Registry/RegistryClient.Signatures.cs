using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

internal sealed partial class RegistryClient
{
    /// <summary>The signatures that the registry itself keeps of a manifest, as OpenShift's does; null where it has no such extension.</summary>
    public Task<IReadOnlyList<ImageSignature>?> ReadSignaturesAsync(Digest manifest, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var what = $"signatures of {repository.Name}@{manifest}";
            if (!await HasSignaturesAsync(what, ct))
                return null;
            using var answer = await _endpoint.SendAsync(RegistryRequest.Get($"/extensions/v2/{repository.Path}/signatures/{manifest}", what), ct);
            return SignatureList.Parse(await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, what, ct), what);
        },
        time,
        ct);

    /// <summary>Reads a small file of another server, to which nothing goes along that proves us; null where it is not there.</summary>
    public Task<byte[]?> FetchAsync(Uri address, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            try
            {
                using var answer = await _endpoint.FetchAsync(address, new RegistryRequest(HttpMethod.Get, address, address.ToString()), ct);
                return await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, address.ToString(), ct);
            }
            catch (OcidException absent) when (absent.Kind == ErrorKind.NotFound)
            {
                return null;
            }
        },
        time,
        ct);

    private async Task<bool> HasSignaturesAsync(string what, CancellationToken ct)
    {
        try
        {
            using var answer = await _endpoint.SendAsync(RegistryRequest.Get("/v2/", what), ct);
            return answer.Headers.TryGetValues("X-Registry-Supports-Signatures", out var values) && values.Contains("1");
        }
        catch (OcidException refused) when (refused.Kind is ErrorKind.NotFound or ErrorKind.PermissionDenied)
        {
            return false; // a registry that does not greet those who may only read
        }
    }
}
