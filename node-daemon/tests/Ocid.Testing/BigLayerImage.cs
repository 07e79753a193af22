using System.Security.Cryptography;

namespace Ocid.Testing;

/// <summary>One layer that no compression makes smaller.</summary>
internal static class BigLayerImage
{
    public static async Task BuildAsync(string image)
    {
        var folder = Directory.CreateTempSubdirectory("ocid-big-layer-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "random"), RandomNumberGenerator.GetBytes(TestImages.BigLayerBytes));
            await Tool.RunAsync("umoci", "insert", "--image", image, folder, "/data");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
