using System.Runtime.CompilerServices;
using Ocid.Cri.Serving;

namespace Ocid.Cri.Images;

/// <summary>As <see cref="ListImages"/>, in batches.</summary>
internal sealed class StreamImages(ListImages list) : IStreamCall<V1.StreamImagesRequest, V1.StreamImagesResponse>
{
    public async IAsyncEnumerable<V1.StreamImagesResponse> HandleAsync(V1.StreamImagesRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var batch in Batches.Of(await list.MatchingAsync(request.Filter, ct).ConfigureAwait(false)))
            yield return new V1.StreamImagesResponse { Images = { batch } };
    }
}
