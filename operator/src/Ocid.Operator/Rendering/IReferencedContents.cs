using Ocid.Operator.Merging;

namespace Ocid.Operator.Rendering;

/// <summary>The Secrets and ConfigMaps that RuntimeConfigs name, as they are now.</summary>
internal interface IReferencedContents
{
    /// <summary>The content of a key; null where the object or the key is not there.</summary>
    byte[]? Find(ContentReference reference);
}
