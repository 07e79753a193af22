using System.Text;

namespace Ocid.Storage.Images;

/// <summary>The file name of a big-data key: the key itself where it is plain, else <c>=</c> and its base64.</summary>
internal static class BigDataFile
{
    public static string Name(string key) => IsPlain(key) ? key : "=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    // '.' and '..' pass the peers' test; as file names they are none.
    private static bool IsPlain(string key) =>
        key.Length > 0 && key is not ("." or "..") && key.All(c => c is '.' or (>= '0' and <= '9') or (>= 'a' and <= 'z'));
}
