using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// Keeps usable replies in a folder, by a digest of the question: the samples are not kept, only what a model said of
/// them. What cannot be read there is as if it were missing. Safe for use by several threads and processes.
/// </summary>
/// <param name="folder">The folder; made when there is something to keep.</param>
public sealed class ReplyCache(string folder)
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    internal CachedReply? Find(string digest)
    {
        try
        {
            using FileStream file = File.OpenRead(PathOf(digest));
            return file.Length > MaxBytes
                ? null
                : JsonSerializer.Deserialize(file, CachedReplyJson.Default.CachedReply);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a reply, if the folder can be written.</summary>
    internal void Keep(string digest, CachedReply reply)
    {
        string path = PathOf(digest);
        string partial = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllBytes(
                partial, JsonSerializer.SerializeToUtf8Bytes(reply, CachedReplyJson.Default.CachedReply));
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it the question is asked again, and that is all.
        }
    }

    private string PathOf(string digest) => Path.Combine(Folder, $"{digest}.json");
}

/// <summary>A reply that was usable, and what it cost.</summary>
internal sealed record CachedReply(string Reply, ModelUsage Usage);

[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 4)]
[JsonSerializable(typeof(CachedReply))]
internal sealed partial class CachedReplyJson : JsonSerializerContext;
