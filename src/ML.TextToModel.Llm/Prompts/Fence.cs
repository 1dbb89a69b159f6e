using System.Security.Cryptography;
using System.Text;

namespace ML.TextToModel.Llm;

/// <summary>
/// Marks around data. Their name is a digest of the data, so that no cell can hold the closing mark: it would have to
/// hold its own digest.
/// </summary>
internal static class Fence
{
    private const int NameLength = 16;

    /// <param name="what">What it is, a word of ours.</param>
    /// <param name="data">The data; nothing in it ends them.</param>
    public static string Around(string what, string data)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..NameLength];
        return $"<data {what} {name}>\n{data}\n</data {what} {name}>";
    }
}
