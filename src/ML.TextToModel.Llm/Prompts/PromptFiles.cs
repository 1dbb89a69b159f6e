using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ML.TextToModel.Llm;

/// <summary>The text files beside this one: what a language model is told, word for word.</summary>
internal static class PromptFiles
{
    /// <summary>What to do, before anything of the user's.</summary>
    public static string System { get; } = Read("system.txt");

    /// <summary>The form of the reply, for servers that hold a model to one.</summary>
    public static ChatResponseFormat ReplyFormat { get; } =
        ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Read("reply.json")), "requirement");

    private static string RepairText { get; } = Read("repair.txt");

    /// <summary>Asks once more.</summary>
    /// <param name="fault">What was wrong with the reply, a sentence.</param>
    public static string Repair(string fault) => RepairText.Replace("{fault}", fault, StringComparison.Ordinal);

    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(PromptFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Trim().ReplaceLineEndings("\n");
    }
}
