using System.Globalization;
using Ocid.Images.Catalog;

namespace Ocid.Cri.Images;

/// <summary>An image in CRI's words.</summary>
internal static class ImageMessages
{
    public static V1.Image Of(LocalImage image, bool pinned)
    {
        var message = new V1.Image
        {
            Id = image.Id.Value,
            Size = (ulong)image.Size,
            Spec = new V1.ImageSpec { Image = image.Id.Value },
            Pinned = pinned,
            RepoTags = { image.RepoTags },
            RepoDigests = { image.RepoDigests },
        };
        SetUser(message, image.Config.Defaults.User);
        return message;
    }

    // Uid for a number, username for a name, never both; a group after the colon is neither. The kubelet's runAsNonRoot reads these.
    private static void SetUser(V1.Image message, string user)
    {
        var name = user.Split(':')[0];
        if (name.Length == 0)
            return;
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
            message.Uid = new V1.Int64Value { Value = uid };
        else
            message.Username = name;
    }
}
