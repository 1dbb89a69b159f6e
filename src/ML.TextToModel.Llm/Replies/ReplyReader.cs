using System.Text;
using System.Text.Json;

namespace ML.TextToModel.Llm;

/// <summary>
/// Finds the JSON object in a reply: in code fences or prose, after thoughts or the echo of the schema, within a
/// wrapper or a list, with trailing commas or comments. Of several objects the one with most fields that we know, and
/// of these the last. Time and memory grow with the length of the reply, which is bounded.
/// </summary>
internal static class ReplyReader
{
    /// <summary>The most characters of a reply.</summary>
    public const int MaxLength = 1 << 16;

    private const int MaxTries = 100, MaxDepth = 16, MaxWrappers = 3;

    /// <exception cref="ReplyException">There is no such object, or it lacks the sentence.</exception>
    public static RequirementReply Read(string text)
    {
        if (text.Length > MaxLength)
            throw new ReplyException(ReplyFault.TooLong, $"it has more than {MaxLength:N0} characters.");
        ReplyFields? best = null;
        foreach (ReplyFields fields in Objects(Encoding.UTF8.GetBytes(text)))
            if (fields.Known > 0 && fields.Known >= (best?.Known ?? 0)) best = fields;
        if (best is null)
            throw new ReplyException(
                ReplyFault.NoObject, "it holds no complete JSON object with the fields asked for.");
        return best.ToReply();
    }

    /// <summary>Every whole JSON object that is not in another one, read as fields.</summary>
    private static IEnumerable<ReplyFields> Objects(byte[] text)
    {
        for (int start = 0, tries = 0; tries < MaxTries; tries++)
        {
            int brace = text.AsSpan(start).IndexOf((byte)'{');
            if (brace < 0) yield break;
            start += brace;
            (ReplyFields? fields, int length) = TryRead(text.AsSpan(start));
            if (fields is not null) yield return fields;
            start += Math.Max(1, length);
        }
    }

    private static (ReplyFields? Fields, int Length) TryRead(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions
        {
            AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth,
            AllowMultipleValues = true,   // prose may follow
        });
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return (Unwrapped(document.RootElement), (int)reader.BytesConsumed);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // no JSON; half a character
        {
            return (null, 0);
        }
    }

    /// <summary>The fields of an object, or of the one that it wraps, such as "data" or the "properties" of a schema.
    /// </summary>
    private static ReplyFields? Unwrapped(JsonElement element)
    {
        for (int i = 0; i <= MaxWrappers; i++)
        {
            ReplyFields fields = new(element);
            if (fields.Known > 0) return fields;
            JsonElement[] inner = [.. element.EnumerateObject().Select(property => property.Value)
                .Where(value => value.ValueKind == JsonValueKind.Object)];
            if (inner.Length != 1) return null;
            element = inner[0];
        }
        return null;
    }
}
